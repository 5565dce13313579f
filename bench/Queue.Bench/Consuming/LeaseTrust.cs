namespace PodEngine.Queue.Bench.Consuming;

/// <summary>
/// How long the process may trust its leases: counted from before the last heartbeat that was accepted. The heartbeat writes it, claims and handlers
/// read it.
/// </summary>
internal sealed class LeaseTrust(QueueTimings timings, TimeProvider time)
{
    private long _confirmed;

    /// <summary>True while the last accepted heartbeat is younger than the lease: who claims without would lose the jobs at once.</summary>
    public bool MayClaim => Age is { } age && age < timings.LeaseLength;

    /// <summary>True while no heartbeat was accepted for half the lease.</summary>
    public bool IsInDoubt => Age is not { } age || age >= timings.LeaseLength / 2;

    private TimeSpan? Age => Volatile.Read(ref _confirmed) is var confirmed and not 0 ? time.GetElapsedTime(confirmed) : null;

    /// <param name="asked">The timestamp taken before the heartbeat was sent.</param>
    public void Confirm(long asked) => Volatile.Write(ref _confirmed, asked | 1);
}
