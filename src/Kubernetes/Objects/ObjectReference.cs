namespace PodEngine.Kubernetes.Objects;

/// <summary>Names one object fully, as events do.</summary>
public sealed record ObjectReference
{
    /// <summary>Group and version.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>Kind.</summary>
    public string? Kind { get; init; }

    /// <summary>Namespace; null for kinds of cluster scope.</summary>
    public string? Namespace { get; init; }

    /// <summary>Name.</summary>
    public string? Name { get; init; }

    /// <summary>Uid: tells the object from a later one of the same name.</summary>
    public string? Uid { get; init; }

    /// <summary>The state meant; usually left out.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>A reference to a stored object, without its resource version: references to one object are then equal.</summary>
    public static ObjectReference To(KubernetesObject target) => new()
    {
        ApiVersion = target.ApiVersion,
        Kind = target.Kind,
        Namespace = target.Metadata.Namespace,
        Name = target.Metadata.Name,
        Uid = target.Metadata.Uid,
    };
}
