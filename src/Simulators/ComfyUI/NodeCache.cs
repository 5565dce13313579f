using System.Text.Json.Nodes;

namespace PodEngine.Simulators.ComfyUI;

/// <summary>Results of the last prompt's nodes by signature; a node found here is not executed again. Guarded by its own lock.</summary>
internal sealed class NodeCache
{
    private readonly Lock gate = new();
    private Dictionary<string, JsonObject?> results = [];

    public bool TryFind(string signature, out JsonObject? output)
    {
        lock (gate)
        {
            var found = results.TryGetValue(signature, out var kept);
            output = kept?.DeepClone() as JsonObject;
            return found;
        }
    }

    public void Replace(Dictionary<string, JsonObject?> next)
    {
        lock (gate)
        {
            results = next;
        }
    }

    public void Clear() => Replace([]);
}
