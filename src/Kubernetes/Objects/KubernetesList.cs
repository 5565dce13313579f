namespace PodEngine.Kubernetes.Objects;

/// <summary>One page of a list.</summary>
public sealed record KubernetesList<T>
    where T : KubernetesObject
{
    /// <summary>Group and version.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>Kind of the list, such as <c>DeploymentList</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>Resource version and continue token; never null.</summary>
    public ListMeta Metadata { get => field ?? new ListMeta(); init; }

    /// <summary>The items; never null.</summary>
    public IReadOnlyList<T> Items { get => field ?? []; init; }
}
