namespace PodEngine.Kubernetes.Objects.Apps;

/// <summary>A set of interchangeable pods that is rolled over to each new template.</summary>
[KubernetesEntity(Group = "apps", ApiVersion = "v1", Kind = "Deployment", PluralName = "deployments")]
public sealed record Deployment : KubernetesObject
{
    /// <summary>What is wanted.</summary>
    public DeploymentSpec? Spec { get; init; }

    /// <summary>What there is.</summary>
    public DeploymentStatus? Status { get; init; }
}
