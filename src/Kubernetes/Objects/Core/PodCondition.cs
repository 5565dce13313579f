namespace PodEngine.Kubernetes.Objects.Core;

/// <summary>One observed aspect of a pod's state; unlike those of other kinds it needs no reason.</summary>
public sealed record PodCondition
{
    /// <summary>The aspect, such as <c>Ready</c> or <c>PodScheduled</c>.</summary>
    public required string Type { get; init; }

    /// <summary><c>True</c>, <c>False</c> or <c>Unknown</c>: see <see cref="ConditionStatus"/>.</summary>
    public required string Status { get; init; }

    /// <summary>Why, as one word.</summary>
    public string? Reason { get; init; }
}
