namespace PodEngine.Resources.WorkerPools;

/// <summary>What decides the number of workers of a pool.</summary>
public enum WorkerPoolMode
{
    /// <summary><c>spec.replicas</c>.</summary>
    Fixed,

    /// <summary><c>spec.autoscaling</c>.</summary>
    Autoscaling,

    /// <summary>Paused: no new jobs.</summary>
    Hold,

    /// <summary>Paused: no new jobs, and no workers once idle.</summary>
    Drain,
}
