using PodEngine.Pipeline.Attempts;
using PodEngine.Queue;
using PodEngine.Shared.Jobs;

namespace PodEngine.Pipeline;

/// <summary>Runs one attempt of a job from what the ledger knows to its outcome.</summary>
public interface IJobPipeline
{
    /// <summary>
    /// Runs the attempt. Nothing recorded as bought by an earlier attempt is bought again. Faults of providers and of the job are outcomes, not
    /// exceptions; what throws is a defect.
    /// </summary>
    /// <param name="job">The claimed job.</param>
    /// <param name="snapshot">Its arguments, read.</param>
    /// <param name="control">What the worker asks of the running attempt.</param>
    /// <param name="cancellationToken">Ends the attempt at once, as <see cref="StopReason.HandBack"/> does.</param>
    /// <returns>How the attempt ended; null when a successor holds the job and there is nothing to report.</returns>
    Task<AttemptOutcome?> RunAsync(ClaimedJob job, JobSnapshot snapshot, JobControl control, CancellationToken cancellationToken);
}
