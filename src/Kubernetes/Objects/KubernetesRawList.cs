using System.Text.Json;

namespace PodEngine.Kubernetes.Objects;

/// <summary>A page whose items are left as JSON.</summary>
internal sealed record KubernetesRawList
{
    public ListMeta Metadata { get => field ?? new ListMeta(); init; }

    public IReadOnlyList<JsonElement> Items { get => field ?? []; init; }
}
