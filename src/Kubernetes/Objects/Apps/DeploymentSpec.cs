using PodEngine.Kubernetes.Objects.Core;

namespace PodEngine.Kubernetes.Objects.Apps;

/// <summary>What is wanted of a deployment.</summary>
public sealed record DeploymentSpec
{
    /// <summary>Number of pods; leave it out of what is applied where a scaler owns it.</summary>
    public int? Replicas { get; init; }

    /// <summary>The pods that count; immutable.</summary>
    public required LabelSelector Selector { get; init; }

    /// <summary>How a new template replaces the old.</summary>
    public DeploymentStrategy? Strategy { get; init; }

    /// <summary>Seconds a pod must be ready to count as available.</summary>
    public int? MinReadySeconds { get; init; }

    /// <summary>Old replica sets kept; 10 by default.</summary>
    public int? RevisionHistoryLimit { get; init; }

    /// <summary>Seconds without progress after which the roll-out counts as failed; 600 by default.</summary>
    public int? ProgressDeadlineSeconds { get; init; }

    /// <summary>The pods.</summary>
    public required PodTemplateSpec Template { get; init; }
}
