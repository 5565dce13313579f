using PodEngine.Kubernetes.Objects;

namespace PodEngine.Resources.GenerationModels;

/// <summary>What users may run on an inference endpoint, and how its owner presets it.</summary>
[KubernetesEntity(Group = ResourceGroup.Name, ApiVersion = ResourceGroup.Version, Kind = "GenerationModel", PluralName = "generationmodels")]
public sealed record GenerationModel : KubernetesObject
{
    /// <summary>What it is, where it runs and what it takes.</summary>
    public required GenerationModelSpec Spec { get; init; }

    /// <summary>Whether it can be run; null until the operator has seen it.</summary>
    public GenerationModelStatus? Status { get; init; }
}
