namespace PodEngine.Kubernetes.Reconciling;

/// <summary>How a controller works.</summary>
public sealed class ControllerOptions
{
    /// <summary>Reconciles at one time; 4 by default.</summary>
    public int Workers { get; init; } = 4;

    /// <summary>Time limit of one reconcile; 1 min by default. A reconcile that heeds its token ends then and is repeated.</summary>
    public TimeSpan ReconcileTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>After how long every object is looked at again, ±10 %; 10 h by default, as in controller-runtime.</summary>
    public TimeSpan ResyncInterval { get; init; } = TimeSpan.FromHours(10);

    /// <summary>How long reconciles under way may go on after the stop before they are cancelled; 5 s by default.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How keys are repeated.</summary>
    public WorkQueueOptions Queue { get; init; } = new();
}
