namespace PodEngine.Kubernetes.Leadership;

/// <summary>One time of leading, from taking the lease until it is lost or released. It never comes back: a later one has a higher epoch.</summary>
#pragma warning disable CA1001 // The token source has neither timer nor handle, and its token may be asked long after the term.
public sealed class LeadershipTerm
#pragma warning restore CA1001
{
    private readonly LeaderElector elector;
    private readonly CancellationTokenSource lost = new();
    private long epoch;

    internal LeadershipTerm(LeaderElector elector, long epoch)
    {
        (this.elector, this.epoch) = (elector, epoch);
        Lost = lost.Token;
    }

    /// <summary>
    /// Fencing token: the lease's count of transitions. Whoever stores something for the leader should remember the highest epoch seen
    /// and refuse writes of a lower one, because a frozen leader does not know that it is none. It never falls, and rises within a term only
    /// by <see cref="RaiseEpochAsync"/>.
    /// </summary>
    public long Epoch => Volatile.Read(ref epoch);

    /// <summary>Cancelled when the term is over, at the latest when the trust in the last renewal runs out.</summary>
    public CancellationToken Lost { get; }

    /// <summary>Whether the term lasts, by the clock at this moment: right even in a process that was frozen and has just woken.</summary>
    public bool IsHeld => elector.IsHeld(this);

    /// <summary>
    /// Makes <see cref="Epoch"/> higher than a number, in the lease too, so that the next leader's is higher still; does nothing where it is
    /// so already. Needed where whoever remembers the highest epoch remembers a higher one than the lease counts, because the lease was deleted
    /// or comes from a backup: without it this leader, and each after it, would be refused.
    /// </summary>
    /// <param name="above">The epoch to exceed; less than 2,147,483,647, because the lease counts in 32 bits.</param>
    /// <param name="cancellationToken">Ends the wait; so does the end of the term.</param>
    /// <exception cref="OperationCanceledException">Cancelled, or the term is over.</exception>
    /// <exception cref="Client.KubernetesException">The API server refused; the term goes on as it was.</exception>
    /// <exception cref="Client.KubernetesUnreachableException">No answer; the term goes on, and its epoch may be raised in the lease. Try again.</exception>
    public async Task RaiseEpochAsync(long above, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(above, int.MaxValue);
        if (Epoch > above)
        {
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Lost);
        Volatile.Write(ref epoch, await elector.RaiseEpochAsync(this, above, either.Token));
    }

    internal void End() => lost.Cancel();
}
