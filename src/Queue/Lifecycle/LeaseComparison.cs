namespace PodEngine.Queue.Lifecycle;

/// <summary>What a heartbeat finds when the worker's account of its leases is laid beside the store's.</summary>
/// <param name="Reply">The answer to the worker.</param>
/// <param name="Forgotten">Jobs leased to the worker of which it does not know: hand them back.</param>
internal sealed record LeaseComparison(HeartbeatReply Reply, IReadOnlyList<StoredJob> Forgotten)
{
    /// <param name="named">The leases the worker names.</param>
    /// <param name="held">The jobs it holds by the store's account.</param>
    /// <param name="now">The store's clock.</param>
    /// <param name="leaseLength">How long a claim's answer may be under way before a lease nobody names counts as forgotten.</param>
    /// <param name="drain">Whether the worker shall stop claiming.</param>
    public static LeaseComparison Compare(
        IReadOnlyCollection<JobLease> named, IReadOnlyCollection<StoredJob> held, DateTimeOffset now, TimeSpan leaseLength, bool drain = false)
    {
        var inForce = held.ToDictionary(job => new JobLease(job.Facts.Id, job.Standing.LeaseToken ?? 0));
        var reply = new HeartbeatReply
        {
            Lost = [.. named.Where(lease => !inForce.ContainsKey(lease))],
            CancelRequested = [.. inForce.Where(lease => lease.Value.Standing.StopReason is not null || lease.Value.IsOverdue(now)).Select(lease => lease.Key)],
            SuspendRequested = [.. inForce.Where(lease => lease.Value.Standing.Suspended).Select(lease => lease.Key)],
            DrainRequested = drain,
        };
        var known = named.ToHashSet();
        var forgotten = inForce
            .Where(lease => !known.Contains(lease.Key) && now - lease.Value.Standing.ClaimedAt >= leaseLength)
            .Select(lease => lease.Value);
        return new LeaseComparison(reply, [.. forgotten]);
    }
}
