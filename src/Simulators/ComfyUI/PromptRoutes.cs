using System.Globalization;
using System.Text.Json.Nodes;
using PodEngine.Simulators.Faults;
using PodEngine.Simulators.Http;

namespace PodEngine.Simulators.ComfyUI;

/// <summary><c>/prompt</c>, <c>/queue</c>, <c>/interrupt</c> and <c>/free</c>.</summary>
internal sealed class PromptRoutes(ComfyServer server)
{
    private const long MaxBodyBytes = 100L << 20;

    public void MapOn(RouteGroupBuilder group)
    {
        group.MapPost("/prompt", SubmitAsync);
        group.MapGet("/prompt", context => context.Response.AnswerJsonAsync(200, server.Status()["status"]!.DeepClone()));
        group.MapGet("/queue", context =>
        {
            var (running, pending) = server.Queue.Write();
            return context.Response.AnswerJsonAsync(200, new JsonObject { ["queue_running"] = running, ["queue_pending"] = pending });
        });
        group.MapPost("/queue", ChangeQueueAsync);
        group.MapPost("/interrupt", InterruptAsync);
        group.MapPost("/free", context => context.Response.AnswerEmptyAsync(200));
    }

    private async Task SubmitAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context, MaxBodyBytes);
        if (body.TooLarge || body.Json is not JsonObject json)
        {
            await context.Response.AnswerTextAsync(body.TooLarge ? 413 : server.Knobs.BadJsonStatus, $"{(body.TooLarge ? 413 : 500)}: {body.Fault}");
            return;
        }

        if (json["prompt"] is not JsonObject workflow)
        {
            await RefuseAsync(context, PromptValidation.Describe("no_prompt", "No prompt provided", "No prompt provided", []));
            return;
        }

        if (ReadPromptId(json) is not { } id)
        {
            await RefuseAsync(context, PromptValidation.Describe("invalid_prompt_id", "prompt_id must be a canonical UUID", "prompt_id", []));
            return;
        }

        var validation = PromptValidation.Of(workflow, server.Catalogue, server.Knobs.Build);
        if (validation.Error is { } error)
        {
            await RefuseAsync(context, error, validation.NodeErrors);
            return;
        }

        var number = Enqueue(json, id, validation, VariantRequest.Of(context, ComfyVariant.Normal));
        await context.Response.AnswerJsonAsync(200, new JsonObject
        {
            ["prompt_id"] = id,
            ["number"] = number == Math.Floor(number) ? (long)number : number,
            ["node_errors"] = validation.NodeErrors,
        });
    }

    private double Enqueue(JsonObject json, string id, PromptValidation validation, ComfyVariant variant)
    {
        var number = json["number"].Real() ?? server.Queue.NextNumber(json["front"].Flag() ?? false);
        var extra = json["extra_data"] is JsonObject sent ? (JsonObject)sent.DeepClone() : [];
        var clientId = json["client_id"].Text();
        if (clientId is not null)
        {
            extra["client_id"] = clientId;
        }

        if (server.Knobs.Build == ComfyBuild.New)
        {
            extra["create_time"] = server.Time.GetUtcNow().ToUnixTimeMilliseconds();
        }

        if (variant != ComfyVariant.Lost)
        {
            server.Queue.Add(new QueuedPrompt
            {
                Number = number,
                Arrival = server.Queue.NextArrival(),
                Id = id,
                Graph = validation.Graph!,
                Outputs = validation.Outputs,
                ExtraData = extra,
                ClientId = clientId,
                Variant = variant,
            });
            server.Sockets.Broadcast("status", server.Status());
        }

        return number;
    }

    // Null when the client's id is refused.
    private string? ReadPromptId(JsonObject json)
    {
        var isNew = server.Knobs.Build == ComfyBuild.New;
        if (json["prompt_id"] is not { } given || !(server.Knobs.KeepsClientPromptId ?? isNew))
        {
            return Guid.NewGuid().ToString("D", CultureInfo.InvariantCulture);
        }

        return !isNew || IsCanonical(given.Text()) ? given.Text() ?? given.ToJsonString() : null;
    }

    /// <summary>Whether a text is a lower-case UUID with hyphens.</summary>
    public static bool IsCanonical(string? text) => Guid.TryParseExact(text, "D", out var id) && id.ToString("D") == text;

    private Task RefuseAsync(HttpContext context, JsonObject error, JsonNode? nodeErrors = null) => context.Response.AnswerJsonAsync(400, new JsonObject
    {
        ["error"] = error,
        ["node_errors"] = nodeErrors ?? PromptValidation.NoNodeErrors(server.Knobs.Build),
    });

    private async Task ChangeQueueAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context, MaxBodyBytes);
        var deleted = body.Json?["delete"].Texts().ToHashSet() ?? [];
        var all = body.Json?["clear"].Flag() ?? false;
        if (server.Queue.Remove(prompt => all || deleted.Contains(prompt.Id)))
        {
            server.Sockets.Broadcast("status", server.Status());
        }

        await context.Response.AnswerEmptyAsync(200);
    }

    private async Task InterruptAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context, MaxBodyBytes);
        var id = (body.Json as JsonObject)?["prompt_id"].Text();
        server.Queue.Interrupt(prompt => id is null || prompt.Id == id);
        await context.Response.AnswerEmptyAsync(200);
    }
}
