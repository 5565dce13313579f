namespace PodEngine.Resources.WorkerPools;

/// <summary>The types of a WorkerPool's conditions.</summary>
public static class WorkerPoolConditions
{
    /// <summary>The pool can run jobs.</summary>
    public const string Ready = nameof(Ready);

    /// <summary>Workers are coming or going.</summary>
    public const string Progressing = nameof(Progressing);

    /// <summary>Autoscaling sees the queue and may act.</summary>
    public const string ScalingActive = nameof(ScalingActive);

    /// <summary>The user holds the pool.</summary>
    public const string Paused = nameof(Paused);

    /// <summary>Workers fail or are not seen.</summary>
    public const string Degraded = nameof(Degraded);

    /// <summary>The same as <see cref="Progressing"/>, in the word that kstatus knows.</summary>
    public const string Reconciling = nameof(Reconciling);

    /// <summary>The pool stays as it is until somebody mends what <see cref="Ready"/> says.</summary>
    public const string Stalled = nameof(Stalled);
}
