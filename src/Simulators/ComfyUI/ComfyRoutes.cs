using PodEngine.Simulators.Http;

namespace PodEngine.Simulators.ComfyUI;

/// <summary>Routes of a ComfyUI server, each also under <c>/api</c>.</summary>
internal static class ComfyRoutes
{
    public static void Map(IEndpointRouteBuilder application, ComfyServer server)
    {
        var root = application.MapGroup(server.Prefix);
        root.MapGet("/", context => context.Response.AnswerTextAsync(200, "<!doctype html><title>ComfyUI (simulated)</title>", "text/html"));
        MapOn(root, server);
        var api = application.MapGroup(server.Prefix + "/api");
        MapOn(api, server);
        new ComfyJobRoutes(server).MapOn(api);
    }

    private static void MapOn(RouteGroupBuilder group, ComfyServer server)
    {
        new PromptRoutes(server).MapOn(group);
        new HistoryRoutes(server).MapOn(group);
        new FileRoutes(server).MapOn(group);
        new InformationRoutes(server).MapOn(group);
        group.MapGet("/ws", context => AcceptSocketAsync(context, server));
    }


    private static async Task AcceptSocketAsync(HttpContext context, ComfyServer server)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await context.Response.AnswerTextAsync(400, "No WebSocket UPGRADE hdr: None\n Can \"Upgrade\" only to \"WebSocket\".");
            return;
        }

        var clientId = context.Request.Query["clientId"].ToString() is { Length: > 0 } given ? given : $"{Guid.NewGuid():N}";
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var connection = new ComfySocket(clientId, socket);
        var status = server.Status();
        status["sid"] = clientId;
        connection.Send("status", status);
        if (server.Queue.Running is { RunningNode: { } node } running && running.ClientId == clientId)
        {
            connection.Send("executing", new() { ["node"] = node, ["display_node"] = node, ["prompt_id"] = running.Id });
        }

        server.Sockets.Add(connection);
        try
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, server.Stopping);
            await connection.RunAsync(ended.Token);
        }
        finally
        {
            server.Sockets.Remove(connection);
        }
    }
}
