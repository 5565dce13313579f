namespace PodEngine.Queue.Lifecycle;

/// <summary>A lease by the store's account, with what its worker needs to be told.</summary>
internal sealed record HeldLease(JobLease Lease, DateTimeOffset ClaimedAt, bool StopRequested, bool SuspendRequested, TimeSpan DeadlineRemaining)
{
    public static HeldLease Of(StoredJob job) => new(
        new JobLease(job.Facts.Id, job.Standing.LeaseToken ?? throw new InvalidOperationException($"Job {job.Facts.Id} is not leased.")),
        job.Standing.ClaimedAt ?? throw new InvalidOperationException($"Job {job.Facts.Id} is not leased."),
        job.Standing.StopReason is not null,
        job.Standing.Suspended,
        job.DeadlineRemaining);

    public bool MustStop(DateTimeOffset now) => StopRequested || now - ClaimedAt >= DeadlineRemaining;
}

/// <summary>What a heartbeat finds when the worker's account of its leases is laid beside the store's.</summary>
/// <param name="Reply">The answer to the worker.</param>
/// <param name="Forgotten">Leases of the worker of which it does not know: hand them back.</param>
internal sealed record LeaseComparison(HeartbeatReply Reply, IReadOnlyList<JobLease> Forgotten)
{
    /// <param name="named">The leases the worker names.</param>
    /// <param name="held">The leases it holds by the store's account.</param>
    /// <param name="now">The store's clock.</param>
    /// <param name="leaseLength">How long a claim's answer may be under way before a lease nobody names counts as forgotten.</param>
    /// <param name="drain">Whether the worker shall stop claiming.</param>
    public static LeaseComparison Compare(
        IReadOnlyCollection<JobLease> named, IReadOnlyCollection<HeldLease> held, DateTimeOffset now, TimeSpan leaseLength, bool drain = false)
    {
        var inForce = held.Select(lease => lease.Lease).ToHashSet();
        var known = named.ToHashSet();
        var reply = new HeartbeatReply
        {
            Lost = [.. named.Where(lease => !inForce.Contains(lease))],
            CancelRequested = [.. held.Where(lease => lease.MustStop(now)).Select(lease => lease.Lease)],
            SuspendRequested = [.. held.Where(lease => lease.SuspendRequested).Select(lease => lease.Lease)],
            DrainRequested = drain,
        };
        var forgotten = held.Where(lease => !known.Contains(lease.Lease) && now - lease.ClaimedAt >= leaseLength);
        return new LeaseComparison(reply, [.. forgotten.Select(lease => lease.Lease)]);
    }
}
