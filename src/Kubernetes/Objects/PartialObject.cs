namespace PodEngine.Kubernetes.Objects;

/// <summary>The metadata of an object of any kind: a bookmark, or one whose rest cannot be read.</summary>
internal sealed record PartialObject
{
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    public ResourceKey Key() => new(Metadata.Namespace ?? "", Metadata.Name ?? "");
}
