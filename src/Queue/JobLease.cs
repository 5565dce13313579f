namespace PodEngine.Queue;

/// <summary>The right to work on a job, until it is taken away. Every write of an attempt names it and is refused once a successor holds the job.</summary>
/// <param name="Job">The job.</param>
/// <param name="Token">The fencing token: grows with every claim, never reused.</param>
public readonly record struct JobLease(JobId Job, long Token);

/// <summary>A write came from a worker that no longer holds the job. It must stop, and must not cancel remote work that the ledger knows.</summary>
public sealed class LeaseLostException(JobLease lease)
    : InvalidOperationException($"Job {lease.Job} is no longer held by lease {lease.Token}: it was rescued, cancelled or finished by another. This attempt must stop.")
{
    /// <summary>The lease that was refused.</summary>
    public JobLease Lease { get; } = lease;
}
