namespace PodEngine.Queue.Postgres.Completing;

/// <summary>What an attempt has to say: its progress or its outcome.</summary>
internal abstract record AttemptWrite(JobLease Lease)
{
    public sealed record Progress(JobLease Lease, JobProgress Reached) : AttemptWrite(Lease);

    public sealed record Outcome(JobLease Lease, AttemptOutcome Reported) : AttemptWrite(Lease);
}
