using PodEngine.Kubernetes.Objects;
using PodEngine.Operator.Statuses;
using PodEngine.Resources.Admission;
using PodEngine.Resources.PodJobs;

namespace PodEngine.Operator.PodJobs;

/// <summary>The status of a PodJob that is not in the queue, and why. Pure.</summary>
internal static class RejectedStatus
{
    /// <summary>Rejected: nothing goes on until somebody changes the spec or what it names.</summary>
    public static PodJobStatus Rejected(PodJob podJob, IReadOnlyList<AdmissionFault> faults, DateTimeOffset now)
    {
        var reason = faults[0].Code;
        var message = ConditionMessage.Bounded(faults.Count == 1
            ? faults[0].ToString()
            : string.Join("; ", faults.Select(static (fault, index) => $"({index + 1}) {fault.Code}: {fault}")));
        return Waiting(podJob, reason, new ConditionList(podJob.Status?.Conditions, Generation(podJob), now)
            .With(PodJobConditions.Accepted, ConditionStatus.False, reason, message)
            .With(PodJobConditions.Ready, ConditionStatus.False, "Rejected", "The PodJob is not in the queue; the condition Accepted says why.")
            .With(PodJobConditions.Finished, ConditionStatus.False, "Rejected", "The job has not begun.")
            .With(PodJobConditions.Stalled, ConditionStatus.True, reason, "Waits for somebody to mend what the condition Accepted says."));
    }

    /// <summary>Neither accepted nor rejected, because the queue cannot be reached.</summary>
    public static PodJobStatus DatabaseUnavailable(PodJob podJob, DateTimeOffset now)
    {
        const string Reason = "DatabaseUnavailable";
        return Waiting(podJob, Reason, new ConditionList(podJob.Status?.Conditions, Generation(podJob), now)
            .With(
                PodJobConditions.Accepted, ConditionStatus.Unknown, Reason,
                "The operator cannot reach PostgreSQL, so the job waits here. Check that the database runs and that the operator's DATABASE_URL leads to it; "
                + "the operator's log has the error. The job goes on by itself.")
            .With(PodJobConditions.Ready, ConditionStatus.False, Reason, "The PodJob is not in the queue yet.")
            .With(PodJobConditions.Finished, ConditionStatus.False, Reason, "The job has not begun.")
            .With(PodJobConditions.Stalled, ConditionStatus.False, Reason, "The job goes on by itself once the database is back."));
    }

    private static PodJobStatus Waiting(PodJob podJob, string reason, ConditionList conditions) => new()
    {
        ObservedGeneration = podJob.Metadata.Generation,
        Phase = PodJobPhase.Pending,
        Reason = reason,
        JobId = podJob.Metadata.Uid,
        Conditions = conditions.ToList(),
    };

    private static long Generation(PodJob podJob) => podJob.Metadata.Generation ?? 0;
}
