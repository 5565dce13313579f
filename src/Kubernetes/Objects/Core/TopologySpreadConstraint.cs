namespace PodEngine.Kubernetes.Objects.Core;

/// <summary>How evenly pods spread.</summary>
public sealed record TopologySpreadConstraint
{
    /// <summary>Largest difference between two domains.</summary>
    public required int MaxSkew { get; init; }

    /// <summary>Node label that names the domain.</summary>
    public required string TopologyKey { get; init; }

    /// <summary><c>DoNotSchedule</c> or <c>ScheduleAnyway</c>.</summary>
    public required string WhenUnsatisfiable { get; init; }

    /// <summary>The pods counted.</summary>
    public LabelSelector? LabelSelector { get; init; }
}
