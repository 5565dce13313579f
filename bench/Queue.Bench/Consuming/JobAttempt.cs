namespace PodEngine.Queue.Bench.Consuming;

/// <summary>
/// One attempt at a job as its handler sees it. The heartbeat and the shutdown write it, the handler reads it; all calls are safe from any thread.
/// </summary>
internal sealed class JobAttempt(ClaimedJob job, LeaseTrust trust)
{
    private readonly LazyCancellation _ended = new();
    private readonly LazyCancellation _pausing = new();
    private int _reason;

    /// <summary>The job and the right to work on it.</summary>
    public ClaimedJob Job { get; } = job;

    /// <summary>The right to work on it: the fencing token that every write of the attempt carries.</summary>
    public JobLease Lease => Job.Lease;

    /// <summary>Cancelled when the handler must stop at once, see <see cref="Reason"/>.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Cancelled when the handler shall finish its step and then hand the job back, or park it if <see cref="SuspendRequested"/>.</summary>
    public CancellationToken Pausing => _pausing.Token;

    /// <summary>Why <see cref="Ended"/> was cancelled: the first reason given.</summary>
    public AttemptEnd Reason => (AttemptEnd)Volatile.Read(ref _reason);

    /// <summary>True once somebody asked to park the job.</summary>
    public bool SuspendRequested { get; private set; }

    /// <summary>
    /// True while the store has not confirmed the lease for half its length, by this process's monotonic clock and counted from before it was asked:
    /// no new side effect may begin.
    /// </summary>
    public bool IsInDoubt => trust.IsInDoubt;

    /// <summary>Stops the handler at once.</summary>
    public void End(AttemptEnd reason)
    {
        Interlocked.CompareExchange(ref _reason, (int)reason, (int)AttemptEnd.None);
        _ended.Cancel();
    }

    /// <summary>Asks the handler to hand the job back after its step.</summary>
    public void Pause() => _pausing.Cancel();

    /// <summary>Asks the handler to park the job after its step.</summary>
    public void Suspend()
    {
        SuspendRequested = true;
        _pausing.Cancel();
    }
}
