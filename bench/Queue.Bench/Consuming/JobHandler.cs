namespace PodEngine.Queue.Bench.Consuming;

/// <summary>
/// Works on a job and says how the attempt ended; null when there is nothing to say, because a successor holds the job. What it throws is a retryable
/// failure, but for <see cref="LeaseLostException"/> (nothing to say) and cancellation after <see cref="JobAttempt.Ended"/> (the outcome follows from
/// the reason).
/// </summary>
internal delegate ValueTask<AttemptOutcome?> JobHandler(JobAttempt attempt);
