namespace PodEngine.Kubernetes.Leadership;

/// <summary>One time of leading, from taking the lease until it is lost or released. It never comes back: a later one has a higher epoch.</summary>
#pragma warning disable CA1001 // The token source has neither timer nor handle, and its token may be asked long after the term.
public sealed class LeadershipTerm
#pragma warning restore CA1001
{
    private readonly LeaderElector elector;
    private readonly CancellationTokenSource lost = new();

    internal LeadershipTerm(LeaderElector elector, long epoch)
    {
        (this.elector, Epoch) = (elector, epoch);
        Lost = lost.Token;
    }

    /// <summary>
    /// Fencing token: the lease's count of transitions. Whoever stores something for the leader should remember the highest epoch seen
    /// and refuse writes of a lower one, because a frozen leader does not know that it is none.
    /// </summary>
    public long Epoch { get; }

    /// <summary>Cancelled when the term is over, at the latest when the trust in the last renewal runs out.</summary>
    public CancellationToken Lost { get; }

    /// <summary>Whether the term lasts, by the clock at this moment: right even in a process that was frozen and has just woken.</summary>
    public bool IsHeld => elector.IsHeld(this);

    internal void End() => lost.Cancel();
}
