using PodEngine.Kubernetes.Objects;

namespace PodEngine.Resources.InferenceEndpoints;

/// <summary>A serverless endpoint of a GPU provider.</summary>
[KubernetesEntity(Group = ResourceGroup.Name, ApiVersion = ResourceGroup.Version, Kind = "InferenceEndpoint", PluralName = "inferenceendpoints")]
public sealed record InferenceEndpoint : KubernetesObject
{
    /// <summary>Where it is and what it may be asked.</summary>
    public required InferenceEndpointSpec Spec { get; init; }

    /// <summary>Whether it can be used; null until the operator has seen it.</summary>
    public InferenceEndpointStatus? Status { get; init; }
}
