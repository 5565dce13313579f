using System.Text.Json.Nodes;
using PodEngine.Simulators.Http;

namespace PodEngine.Simulators.Claude;

/// <summary>Routes of the Messages API.</summary>
internal static class ClaudeRoutes
{
    public static void Map(RouteGroupBuilder group, ClaudeState state)
    {
        group.MapPost("/v1/messages", context => new MessageCall(context, state).AnswerAsync());
        group.MapGet("/v1/models", context => AnswerModelsAsync(context, state));
        group.MapGet("/v1/models/{model}", context => AnswerModelAsync(context, state));
        group.Map("{**rest}", context => AnswerUnknownAsync(context, state));
    }

    private static Task AnswerModelsAsync(HttpContext context, ClaudeState state)
    {
        var models = state.Knobs.Models;
        return RefuseAsync(context, state) ?? context.Response.AnswerJsonAsync(200, new JsonObject
        {
            ["data"] = models.Select(Describe).ToJsonArray(),
            ["first_id"] = models.Count > 0 ? models[0] : null,
            ["last_id"] = models.Count > 0 ? models[^1] : null,
            ["has_more"] = false,
        });
    }

    private static Task AnswerModelAsync(HttpContext context, ClaudeState state)
    {
        var name = (string)context.Request.RouteValues["model"]!;
        return RefuseAsync(context, state) ?? (state.Knobs.Models.Contains(name)
            ? context.Response.AnswerJsonAsync(200, Describe(name))
            : ClaudeErrors.WriteAsync(context, 404, $"model: {name}", state.Knobs));
    }

    private static Task? RefuseAsync(HttpContext context, ClaudeState state)
    {
        ClaudeErrors.RequestIdOf(context);
        return ClaudeHeaders.Check(context.Request, state.Knobs) is (var status, { } fault)
            ? ClaudeErrors.WriteAsync(context, status, fault, state.Knobs)
            : null;
    }

    private static Task AnswerUnknownAsync(HttpContext context, ClaudeState state)
    {
        var known = context.Request.Path.Value is "/claude/v1/messages" or "/claude/v1/models";
        return ClaudeErrors.WriteAsync(context, known ? 405 : 404, known ? "Method Not Allowed" : "Not found", state.Knobs);
    }

    private static JsonNode Describe(string model) => new JsonObject
    {
        ["type"] = "model",
        ["id"] = model,
        ["display_name"] = model,
        ["created_at"] = "2026-10-07T00:00:00Z",
    };
}
