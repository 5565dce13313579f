using System.Text.Json;
using PodEngine.Kubernetes.Objects;

namespace PodEngine.Kubernetes.Watching;

/// <summary>A page of a list, its readable objects apart from those that are not.</summary>
/// <param name="Metadata">Resource version and continue token.</param>
/// <param name="Items">The objects.</param>
/// <param name="Unreadable">Objects that are there but are not what the records expect.</param>
/// <param name="IsFirst">Whether the list begins here, perhaps anew.</param>
internal sealed record ListPage<T>(
    ListMeta Metadata, IReadOnlyList<T> Items, IReadOnlyList<(ResourceKey Key, JsonException Fault)> Unreadable, bool IsFirst);
