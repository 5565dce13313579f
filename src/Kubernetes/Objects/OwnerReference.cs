namespace PodEngine.Kubernetes.Objects;

/// <summary>Points from a dependent object to its owner in the same namespace.</summary>
public sealed record OwnerReference
{
    /// <summary>The owner's group and version.</summary>
    public required string ApiVersion { get; init; }

    /// <summary>The owner's kind.</summary>
    public required string Kind { get; init; }

    /// <summary>The owner's name.</summary>
    public required string Name { get; init; }

    /// <summary>The owner's uid: a later object of the same name does not own this one.</summary>
    public required string Uid { get; init; }

    /// <summary>Whether this is the one owner that acts on the object.</summary>
    public bool? Controller { get; init; }

    /// <summary>Whether deleting the owner in the foreground waits for this object.</summary>
    public bool? BlockOwnerDeletion { get; init; }

    /// <summary>A reference that makes <paramref name="owner"/> the controlling owner.</summary>
    public static OwnerReference ControlledBy(KubernetesObject owner) => new()
    {
        ApiVersion = owner.ApiVersion,
        Kind = owner.Kind,
        Name = owner.Metadata.Name ?? throw new ArgumentException("The owner has no name.", nameof(owner)),
        Uid = owner.Metadata.Uid ?? throw new ArgumentException("The owner has no uid: only stored objects can own.", nameof(owner)),
        Controller = true,
        BlockOwnerDeletion = true,
    };
}
