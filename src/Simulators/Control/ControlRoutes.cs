using System.Text.Json;
using System.Text.Json.Nodes;
using PodEngine.Simulators.Http;
using PodEngine.Simulators.Knobs;

namespace PodEngine.Simulators.Control;

/// <summary>
/// <c>/simulator/…</c>: knobs (GET; PATCH merges; PUT sets the rest back to defaults), <c>{service}/faults</c> (GET, POST one or a list, DELETE),
/// ledger, reset, and a restart of or cut sockets to the ComfyUI servers.
/// </summary>
internal sealed class ControlRoutes(Simulation simulation)
{
    public void MapOn(RouteGroupBuilder group)
    {
        group.MapGet("/ledger", context => context.Response.AnswerJsonAsync(200, simulation.ReadLedger()));
        group.MapGet("/knobs", AnswerKnobsAsync);
        group.MapPatch("/knobs", context => ChangeKnobsAsync(context, simulation.Knobs.Current));
        group.MapPut("/knobs", context => ChangeKnobsAsync(context, new SimulatorKnobs()));
        group.MapGet("/{service}/faults", context => context.Response.AnswerJsonAsync(200, WriteFaults(context)));
        group.MapPost("/{service}/faults", AddFaultsAsync);
        group.MapDelete("/{service}/faults", context => DoAsync(context, () => simulation.Faults.Clear(Service(context))));
        group.MapPost("/reset", context => DoAsync(context, simulation.Reset));
        group.MapPost("/comfyui/restart", context => DoAsync(context, () => ForComfyServers(context, server => server.Restart())));
        group.MapPost("/comfyui/drop-sockets", context => DoAsync(context, () => ForComfyServers(context, server => server.Sockets.Drop())));
        group.Map("{**rest}", context => RefuseAsync(context, 404, "unknown control route"));
    }

    private Task AnswerKnobsAsync(HttpContext context) => context.Response.AnswerJsonAsync(200, KnobDocument.Write(simulation.Knobs.Current));

    private async Task ChangeKnobsAsync(HttpContext context, SimulatorKnobs current)
    {
        var body = await RequestBody.ReadAsync(context, 1 << 20);
        try
        {
            var changes = body.Json as JsonObject ?? throw new JsonException(body.Fault ?? "a JSON object is expected");
            simulation.Knobs.Replace(KnobDocument.Merge(current, changes));
        }
        catch (JsonException fault)
        {
            await RefuseAsync(context, 400, fault.Message);
            return;
        }

        await AnswerKnobsAsync(context);
    }

    private async Task AddFaultsAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context, 1 << 20);
        try
        {
            var entries = body.Json is JsonArray list ? list : [body.Json?.DeepClone()];
            var faults = entries.Select(entry => entry?.Deserialize(SimulatorJson.Default.Fault) ?? throw new JsonException("a fault is expected")).ToList();
            faults.ForEach(fault => simulation.Faults.Add(Service(context), fault));
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException)
        {
            await RefuseAsync(context, 400, fault.Message);
            return;
        }

        await context.Response.AnswerJsonAsync(200, WriteFaults(context));
    }

    private JsonNode WriteFaults(HttpContext context) =>
        JsonSerializer.SerializeToNode(simulation.Faults.Waiting(Service(context)), SimulatorJson.Default.IReadOnlyListFault)!;

    private void ForComfyServers(HttpContext context, Action<ComfyUI.ComfyServer> act)
    {
        var chosen = context.Request.Query["server"].ToString();
        foreach (var server in simulation.ComfyServers.Where(server => chosen.Length == 0 || server.Prefix == $"/{chosen}"))
        {
            act(server);
        }
    }

    private static string Service(HttpContext context) => ((string)context.Request.RouteValues["service"]!).ToLowerInvariant();

    private static Task DoAsync(HttpContext context, Action act)
    {
        act();
        return context.Response.AnswerJsonAsync(200, new JsonObject());
    }

    private static Task RefuseAsync(HttpContext context, int status, string error) =>
        context.Response.AnswerJsonAsync(status, new JsonObject { ["error"] = error });
}
