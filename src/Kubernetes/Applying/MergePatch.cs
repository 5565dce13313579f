using System.Text.Json.Nodes;

namespace PodEngine.Kubernetes.Applying;

/// <summary>JSON merge patches (RFC 7396).</summary>
public static class MergePatch
{
    /// <summary>
    /// The smallest patch that makes <paramref name="desired"/> of <paramref name="current"/>; null when both mean the same, whatever the
    /// order of their fields. Arrays are replaced whole, as the format has it.
    /// </summary>
    public static JsonObject? Between(JsonObject? current, JsonObject? desired)
    {
        JsonObject patch = [];
        foreach (var (name, value) in desired ?? [])
        {
            var before = current?[name];
            if (value is JsonObject inner && before is JsonObject)
            {
                if (Between(before.AsObject(), inner) is { } change)
                {
                    patch[name] = change;
                }
            }
            else if (!JsonNode.DeepEquals(before, value))
            {
                patch[name] = value?.DeepClone();
            }
        }

        foreach (var (name, value) in current ?? [])
        {
            if (value is not null && desired?.ContainsKey(name) != true)
            {
                patch[name] = null;
            }
        }

        return patch.Count == 0 ? null : patch;
    }
}
