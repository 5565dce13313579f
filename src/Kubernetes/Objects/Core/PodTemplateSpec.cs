namespace PodEngine.Kubernetes.Objects.Core;

/// <summary>The pods a workload makes.</summary>
public sealed record PodTemplateSpec
{
    /// <summary>Labels and annotations of the pods.</summary>
    public ObjectMeta? Metadata { get; init; }

    /// <summary>What the pods run.</summary>
    public required PodSpec Spec { get; init; }
}
