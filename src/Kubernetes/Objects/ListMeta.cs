namespace PodEngine.Kubernetes.Objects;

/// <summary>Metadata of one page of a list.</summary>
public sealed record ListMeta
{
    /// <summary>The state of the collection the page was read at: a watch may start here.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>Token of the next page; null or empty on the last.</summary>
    public string? Continue { get; init; }

    /// <summary>How many items follow this page, where the server knows.</summary>
    public long? RemainingItemCount { get; init; }
}
