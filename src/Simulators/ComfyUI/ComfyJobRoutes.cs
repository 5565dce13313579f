using System.Globalization;
using System.Text.Json.Nodes;
using PodEngine.Simulators.Http;

namespace PodEngine.Simulators.ComfyUI;

/// <summary><c>/api/jobs…</c> of new builds (<c>comfy_execution/jobs.py</c>); old ones answer as the knob says.</summary>
internal sealed class ComfyJobRoutes(ComfyServer server)
{
    public void MapOn(RouteGroupBuilder group)
    {
        group.MapGet("/jobs", context => ByBuild(context, ListAsync));
        group.MapGet("/jobs/{id}", context => ByBuild(context, AnswerOneAsync));
        group.MapPost("/jobs/{id}/cancel", context => ByBuild(context, CancelOneAsync));
        group.MapPost("/jobs/cancel", context => ByBuild(context, CancelManyAsync));
    }

    private Task ByBuild(HttpContext context, RequestDelegate answer) => server.Knobs.Build == ComfyBuild.New
        ? answer(context)
        : context.Response.AnswerTextAsync(server.Knobs.MissingRouteStatus, $"{server.Knobs.MissingRouteStatus}: Not Found");

    private Task ListAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var states = query["status"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries);
        var jobs = Jobs().Where(job => states.Length == 0 || states.Contains(job["status"].Text())).ToList();
        var offset = Number(query["offset"], 0);
        var limit = Number(query["limit"], jobs.Count);
        var page = jobs.Skip(offset).Take(limit).ToList();
        return context.Response.AnswerJsonAsync(200, new JsonObject
        {
            ["jobs"] = page.Select(job => (JsonNode?)job).ToJsonArray(),
            ["pagination"] = new JsonObject { ["offset"] = offset, ["limit"] = limit, ["total"] = jobs.Count, ["has_more"] = offset + page.Count < jobs.Count },
        });
    }

    private Task AnswerOneAsync(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        return Jobs().FirstOrDefault(job => job["id"].Text() == id) is { } job
            ? context.Response.AnswerJsonAsync(200, job)
            : context.Response.AnswerJsonAsync(404, new JsonObject { ["error"] = "Job not found" });
    }

    private Task CancelOneAsync(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        return context.Response.AnswerJsonAsync(200, new JsonObject { ["cancelled"] = Cancel([id]) });
    }

    private async Task CancelManyAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context, 1 << 20);
        var ids = (body.Json as JsonObject)?["job_ids"].Items().Select(id => id.Text() ?? id?.ToJsonString() ?? "").ToList() ?? [];
        var invalid = ids.Where(id => !PromptRoutes.IsCanonical(id)).ToList();
        await (ids.Count == 0 || invalid.Count > 0
            ? context.Response.AnswerJsonAsync(400, new JsonObject { ["error"] = "job_ids must be UUIDs", ["invalid_ids"] = invalid.ToTextArray() })
            : context.Response.AnswerJsonAsync(200, new JsonObject { ["cancelled"] = Cancel([.. ids]) }));
    }

    private bool Cancel(HashSet<string> ids)
    {
        var removed = server.Queue.Remove(prompt => ids.Contains(prompt.Id));
        if (removed)
        {
            server.Sockets.Broadcast("status", server.Status());
        }

        return server.Queue.Interrupt(prompt => ids.Contains(prompt.Id)) || removed;
    }

    private IEnumerable<JsonObject> Jobs()
    {
        foreach (var prompt in server.Queue.Waiting())
        {
            yield return new JsonObject { ["id"] = prompt.Id, ["status"] = "pending", ["priority"] = prompt.Number };
        }

        if (server.Queue.Running is { } running)
        {
            yield return new JsonObject { ["id"] = running.Id, ["status"] = "in_progress", ["priority"] = running.Number };
        }

        foreach (var (id, entry) in server.History.Write().Reverse())
        {
            yield return new JsonObject { ["id"] = id, ["status"] = StateOf(entry!["status"]!), ["outputs"] = entry["outputs"]?.DeepClone() };
        }
    }

    private static string StateOf(JsonNode status) => status["status_str"].Text() == "success"
        ? "completed"
        : status["messages"].Items().Any(message => message?[0].Text() == "execution_interrupted") ? "cancelled" : "failed";

    private static int Number(string? text, int otherwise) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
