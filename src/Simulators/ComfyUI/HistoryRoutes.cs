using System.Globalization;
using System.Text.Json.Nodes;
using PodEngine.Simulators.Http;

namespace PodEngine.Simulators.ComfyUI;

/// <summary><c>/history</c>: an id that waits, runs, was never seen or was forgotten gives 200 and <c>{}</c> alike.</summary>
internal sealed class HistoryRoutes(ComfyServer server)
{
    public void MapOn(RouteGroupBuilder group)
    {
        group.MapGet("/history", context =>
            context.Response.AnswerJsonAsync(200, server.History.Write(Number(context, "max_items"), Number(context, "offset"))));
        group.MapGet("/history/{id}", AnswerOneAsync);
        group.MapPost("/history", ChangeAsync);
    }

    private Task AnswerOneAsync(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        return context.Response.AnswerJsonAsync(200, server.History.Find(id) is { } entry ? new JsonObject { [id] = entry } : []);
    }

    private async Task ChangeAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context, 1 << 20);
        if (body.Json?["clear"].Flag() ?? false)
        {
            server.History.Clear();
        }

        foreach (var id in body.Json?["delete"].Texts() ?? [])
        {
            server.History.Remove(id);
        }

        await context.Response.AnswerEmptyAsync(200);
    }

    private static int? Number(HttpContext context, string name) =>
        int.TryParse(context.Request.Query[name], NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number >= 0 ? number : null;
}
