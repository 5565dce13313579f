using PodEngine.Kubernetes.Objects;

namespace PodEngine.Operator.PodJobs;

/// <summary>
/// Lets the PodJob reconciler ask for other reconciles without knowing their controllers, which are built from it. Wired once, before anything runs.
/// </summary>
internal sealed class PoolWakes
{
    private Action<ResourceKey>? wakePool;
    private Action? wakeParked;

    /// <summary>Wires it.</summary>
    public void Wire(Action<ResourceKey> pool, Action parked) => (wakePool, wakeParked) = (pool, parked);

    /// <summary>A pool's queue has grown.</summary>
    public void Wake(ResourceKey pool) => wakePool?.Invoke(pool);

    /// <summary>The parked PodJobs may go on.</summary>
    public void WakeParked() => wakeParked?.Invoke();
}
