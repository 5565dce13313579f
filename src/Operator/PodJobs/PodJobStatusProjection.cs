using PodEngine.Kubernetes.Objects;
using PodEngine.Ledger;
using PodEngine.Operator.Statuses;
using PodEngine.Queue;
using PodEngine.Resources.PodJobs;

namespace PodEngine.Operator.PodJobs;

/// <summary>
/// The status of a PodJob as the queue and the ledger know it. Pure: the same job, entries and earlier conditions give the same status, and a
/// condition's time moves only when the condition flips, so that equal states cost no write.
/// </summary>
internal static class PodJobStatusProjection
{
    /// <summary>The status of an accepted PodJob.</summary>
    /// <param name="podJob">The PodJob as it is; its conditions tell since when they hold.</param>
    /// <param name="job">Its row.</param>
    /// <param name="entries">What it bought and made; null where nothing can be yet.</param>
    /// <param name="now">For conditions that flip.</param>
    public static PodJobStatus Project(PodJob podJob, JobRecord job, JobLedgerEntries? entries, DateTimeOffset now)
    {
        var phase = JobPhase.Of(job);
        var counts = WorkCounts.Of(job, entries);
        return new PodJobStatus
        {
            ObservedGeneration = job.Generation,
            Phase = phase.Phase,
            Reason = phase.Reason,
            JobId = job.Id.ToString(),
            Attempts = job.Attempts,
            Worker = job.Worker,
            QueuedTime = Seconds(job.CreatedAt),
            StartTime = Seconds(job.StartedAt),
            CompletionTime = Seconds(job.FinishedAt),
            Progress = counts.Progress,
            Images = counts.Images,
            Products = counts.Products,
            Output = ExecutionOutput.Read(job.Result),
            Cost = CostOf(entries),
            Failure = FailureOf(job),
            Conditions = ConditionsOf(podJob, job, phase, now),
        };
    }

    private static IReadOnlyList<Condition> ConditionsOf(PodJob podJob, JobRecord job, JobPhase phase, DateTimeOffset now)
    {
        var isSuspended = job.State == JobState.Suspended;
        return new ConditionList(podJob.Status?.Conditions, job.Generation, now)
            .With(PodJobConditions.Accepted, ConditionStatus.True, "Accepted", $"The job is in the queue of pool {job.Queue.Pool}.")
            .With(PodJobConditions.Ready, ConditionStatus.True, phase.Phase.ToString(), "Accepted; this status is what the queue knows of the job.")
            .With(PodJobConditions.Suspended, ConditionStatus.Of(isSuspended), isSuspended ? "Suspended" : "NotSuspended", isSuspended ? phase.Message : "Nobody parked the job.")
            .With(PodJobConditions.Complete, ConditionStatus.Of(job.State == JobState.Completed), phase.Reason, phase.Message)
            .With(PodJobConditions.Failed, ConditionStatus.Of(job.State == JobState.Failed), phase.Reason, phase.Message)
            .With(PodJobConditions.Finished, ConditionStatus.Of(job.IsFinished), phase.Reason, phase.Message)
            .With(PodJobConditions.Stalled, ConditionStatus.False, "Accepted", "Nothing has to be mended.")
            .ToList();
    }

    private static PodJobCost? CostOf(JobLedgerEntries? entries) => entries is null or { Purchases.Count: 0 } ? null : new PodJobCost
    {
        GpuMillis = entries.Cost.GpuMillis,
        UsdMicros = entries.Cost.UsdMicros,
        Repeated = entries.Repeated,
    };

    private static PodJobFailure? FailureOf(JobRecord job) => job.Failure is not { } failure ? null : new PodJobFailure
    {
        Class = failure.Class,
        Code = failure.Code,
        Message = failure.Message.Length <= 1024 ? failure.Message : string.Concat(failure.Message.AsSpan(0, 1023), "…"),
        Retryable = failure.Retryable,
    };

    private static DateTimeOffset? Seconds(DateTimeOffset? time) => time is { } known ? KubernetesTime.WholeSeconds(known) : null;
}
