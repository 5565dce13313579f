using PodEngine.Kubernetes.Objects;

namespace PodEngine.Kubernetes.Leadership;

/// <summary>The lease and its times; the defaults are those of client-go and controller-runtime.</summary>
public sealed class LeaderElectionOptions
{
    /// <summary>Namespace and name of the Lease.</summary>
    public required ResourceKey Lease { get; init; }

    /// <summary>Who this process is; must differ from every other process's, a restarted one included. Random by default.</summary>
    public string Identity { get; init; } = $"{Environment.MachineName}_{Guid.NewGuid():N}";

    /// <summary>For how long others leave an unrenewed lease alone; 15 s by default.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>For how long the leader trusts a renewal, counted from before it asked; 10 s by default, less than the lease duration.</summary>
    public TimeSpan RenewDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time between attempts to take or renew; 2 s by default.</summary>
    public TimeSpan RetryPeriod { get; init; } = TimeSpan.FromSeconds(2);
}
