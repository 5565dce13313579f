using System.Text.Json.Nodes;
using PodEngine.Simulators.Http;

namespace PodEngine.Simulators.Printify;

/// <summary>A request that names a product: finds it under the account's lock, lets its publish settle, acts, answers.</summary>
internal static class ProductRequest
{
    public static Task AnswerAsync(HttpContext context, PrintifyState state, Func<Product, JsonNode> act) =>
        AnswerAsync(context, state, product => (act(product), null));

    public static async Task AnswerAsync(
        HttpContext context, PrintifyState state, Func<Product, (JsonNode? Answer, PrintifyFault? Fault)> act, bool withBody = true)
    {
        var (answer, fault) = Act(context, state, act);
        if (fault is null)
        {
            await (withBody ? context.Response.AnswerJsonAsync(200, answer!) : context.Response.AnswerEmptyAsync(200));
        }
        else if (fault.Status == 404)
        {
            await PrintifyErrors.WriteAsync(context, 404, "", state.Knobs);
        }
        else
        {
            await PrintifyErrors.WriteBusinessAsync(context, fault.Status, fault.Code, fault.Message, fault.Reason, state.Knobs);
        }
    }

    private static (JsonNode? Answer, PrintifyFault? Fault) Act(
        HttpContext context, PrintifyState state, Func<Product, (JsonNode? Answer, PrintifyFault? Fault)> act)
    {
        var shop = state.FindShop(context);
        var id = (string)context.Request.RouteValues["id"]!;
        lock (state.Gate)
        {
            if (state.Products.Find(product => product.Id == id && product.Shop.Id == shop?.Id && !product.IsDeleted) is not { } product)
            {
                return (null, PrintifyFault.NotFound);
            }

            product.Settle(state.Time.GetUtcNow());
            return act(product);
        }
    }
}
