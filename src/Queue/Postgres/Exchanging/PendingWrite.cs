using PodEngine.Queue.Postgres.Completing;

namespace PodEngine.Queue.Postgres.Exchanging;

/// <summary>A write waiting for its batch.</summary>
internal sealed record PendingWrite(AttemptWrite Write)
{
    public TaskCompletionSource<JobState?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>True for what can take the straight path.</summary>
    public bool IsCompletion => Write is AttemptWrite.Outcome { Reported: AttemptOutcome.Completed, Lease.Sequence: > 0 };
}
