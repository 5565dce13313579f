using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace PodEngine.Simulators.ComfyUI;

/// <summary>Open sockets by client id; a second one with the same id takes the place of the first.</summary>
internal sealed class ComfySockets
{
    private readonly ConcurrentDictionary<string, ComfySocket> sockets = new();

    public void Add(ComfySocket socket)
    {
        ComfySocket? replaced = null;
        sockets.AddOrUpdate(socket.ClientId, socket, (_, old) =>
        {
            replaced = old;
            return socket;
        });
        replaced?.Abort();
    }

    public void Remove(ComfySocket socket) => sockets.TryRemove(KeyValuePair.Create(socket.ClientId, socket));

    public void Send(string? clientId, string type, JsonObject data)
    {
        if (clientId is not null && sockets.TryGetValue(clientId, out var socket))
        {
            socket.Send(type, data);
        }
    }

    public void SendPreview(string? clientId, byte[] png)
    {
        if (clientId is not null && sockets.TryGetValue(clientId, out var socket))
        {
            socket.SendPreview(png);
        }
    }

    public void Broadcast(string type, JsonObject data)
    {
        foreach (var socket in sockets.Values)
        {
            socket.Send(type, (JsonObject)data.DeepClone());
        }
    }

    /// <summary>Cuts the sockets, or that of one client, without a closing frame.</summary>
    public int Drop(string? clientId = null)
    {
        var chosen = sockets.Values.Where(socket => clientId is null || socket.ClientId == clientId).ToList();
        chosen.ForEach(socket => socket.Abort());
        return chosen.Count;
    }
}
