using System.Text.Json.Nodes;

namespace PodEngine.Simulators.ComfyUI;

/// <summary>Ended prompts, oldest first; in memory only. Guarded by its own lock.</summary>
internal sealed class PromptHistory
{
    private readonly Lock gate = new();
    private readonly OrderedDictionary<string, JsonObject> entries = [];

    public void Add(string id, JsonObject entry, int limit)
    {
        lock (gate)
        {
            entries.Remove(id);
            entries.Add(id, entry);
            while (entries.Count > limit)
            {
                entries.RemoveAt(0);
            }
        }
    }

    public JsonObject? Find(string id)
    {
        lock (gate)
        {
            return entries.TryGetValue(id, out var entry) ? (JsonObject)entry.DeepClone() : null;
        }
    }

    /// <summary>Entries in order; the newest <paramref name="maxItems"/> when no offset is given.</summary>
    public JsonObject Write(int? maxItems = null, int? offset = null)
    {
        lock (gate)
        {
            var skip = offset ?? (maxItems is { } most ? Math.Max(0, entries.Count - most) : 0);
            var document = new JsonObject();
            foreach (var (id, entry) in entries.Skip(skip).Take(maxItems ?? int.MaxValue))
            {
                document[id] = entry.DeepClone();
            }

            return document;
        }
    }

    public void Remove(string id)
    {
        lock (gate)
        {
            entries.Remove(id);
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            entries.Clear();
        }
    }
}
