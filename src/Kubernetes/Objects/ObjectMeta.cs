using System.Text.Json.Serialization;

namespace PodEngine.Kubernetes.Objects;

/// <summary>Metadata of an object. <c>managedFields</c> is not among it: it is a quarter of an object's bytes and is dropped while decoding.</summary>
public sealed record ObjectMeta
{
    internal static readonly ObjectMeta Empty = new();

    /// <summary>Name, unique per kind and namespace at one time.</summary>
    public string? Name { get; init; }

    /// <summary>Prefix from which the API server makes a name when <see cref="Name"/> is not given.</summary>
    public string? GenerateName { get; init; }

    /// <summary>Namespace; null for kinds of cluster scope.</summary>
    public string? Namespace { get; init; }

    /// <summary>Unique over the whole life of the cluster: tells an object from a later one of the same name.</summary>
    public string? Uid { get; init; }

    /// <summary>Opaque version of this state of the object; compare for equality alone.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>Counts changes of the specification.</summary>
    public long? Generation { get; init; }

    /// <summary>When the API server stored the object first.</summary>
    [JsonConverter(typeof(KubernetesTimeConverter))]
    public DateTimeOffset? CreationTimestamp { get; init; }

    /// <summary>Set once deletion has been asked for and finalizers hold the object back.</summary>
    [JsonConverter(typeof(KubernetesTimeConverter))]
    public DateTimeOffset? DeletionTimestamp { get; init; }

    /// <summary>Labels, for selecting.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>Annotations, not for selecting.</summary>
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    /// <summary>The objects on which this one depends: it is collected when all are gone.</summary>
    public IReadOnlyList<OwnerReference>? OwnerReferences { get; init; }

    /// <summary>Names of those who must still act before the object may go.</summary>
    public IReadOnlyList<string>? Finalizers { get; init; }

    /// <summary>The owner that acts on this object, if there is one.</summary>
    public OwnerReference? ControllerOwner() => OwnerReferences?.FirstOrDefault(static owner => owner.Controller == true);
}
