using System.Text.Json;
using PodEngine.Kubernetes.Objects;

namespace PodEngine.Kubernetes.Watching;

/// <summary>One line of a watch. An ERROR line is no event but a <see cref="Client.KubernetesException"/>.</summary>
public sealed record WatchEvent<T>
    where T : KubernetesObject
{
    /// <summary>What happened.</summary>
    public required WatchEventType Type { get; init; }

    /// <summary>The object after the change, or as it last was if deleted; null for a bookmark and where <see cref="Fault"/> is given.</summary>
    public T? Entity { get; init; }

    /// <summary>The object's key; empty for a bookmark.</summary>
    public ResourceKey Key { get; init; }

    /// <summary>The state this event leads to: a watch may go on from here.</summary>
    public required string ResourceVersion { get; init; }

    /// <summary>Why the object could not be read as <typeparamref name="T"/>.</summary>
    public JsonException? Fault { get; init; }
}
