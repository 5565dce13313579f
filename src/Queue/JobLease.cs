namespace PodEngine.Queue;

/// <summary>The right to work on a job, until it is taken away. Every write of an attempt names it and is refused once a successor holds the job.</summary>
/// <param name="Job">The job.</param>
/// <param name="Token">The fencing token: grows with every claim, never reused.</param>
public readonly record struct JobLease(JobId Job, long Token)
{
    /// <summary>The store's own number of the job, by which it finds it sooner; 0 where it is not known. No part of what a lease is.</summary>
    internal long Sequence { get; init; }

    /// <summary>Whether both are the same right to the same job.</summary>
    public bool Equals(JobLease other) => Job == other.Job && Token == other.Token;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Job, Token);
}

/// <summary>A write came from a worker that no longer holds the job. It must stop, and must not cancel remote work that the ledger knows.</summary>
public sealed class LeaseLostException(JobLease lease)
    : InvalidOperationException($"Job {lease.Job} is no longer held by lease {lease.Token}: it was rescued, cancelled or finished by another. This attempt must stop.")
{
    /// <summary>The lease that was refused.</summary>
    public JobLease Lease { get; } = lease;
}
