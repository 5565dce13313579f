using PodEngine.Queue;
using PodEngine.Resources.PodJobs;
using PodEngine.Shared.Jobs;

namespace PodEngine.Resources.Admission;

/// <summary>What the queue is asked for on behalf of a PodJob.</summary>
public static class JobRequests
{
    /// <summary>The job's id in the queue: the PodJob's uid.</summary>
    public static JobId IdOf(string uid) => new(Guid.Parse(uid));

    /// <summary>The request of a PodJob that was admitted.</summary>
    public static JobRequest New(PodJob podJob, JobSnapshot snapshot, Guid installationId) => Mutable(podJob, new JobRequest
    {
        Id = IdOf(podJob.Metadata.Uid!),
        Queue = new QueueKey(installationId, podJob.Metadata.Namespace!, podJob.Spec.WorkerPoolName),
        Name = podJob.Metadata.Name!,
        Arguments = JobSnapshotJson.Write(snapshot),
        ActiveDeadline = TimeSpan.FromSeconds(podJob.Spec.ActiveDeadlineSeconds),
        StartAfter = podJob.Spec.StartAfterTime,
        Retry = new RetryPolicy
        {
            MaxRetries = podJob.Spec.Retry.MaxRetries,
            Delay = TimeSpan.FromSeconds(podJob.Spec.Retry.DelaySeconds),
            Exponential = podJob.Spec.Retry.Backoff == RetryBackoff.Exponential,
            MaxDelay = TimeSpan.FromSeconds(podJob.Spec.Retry.MaxDelaySeconds),
        },
    });

    /// <summary>The request of a PodJob the queue knows: facts stay as first inserted, so only what may change is taken from the spec.</summary>
    public static JobRequest Change(PodJob podJob, JobRecord known) =>
        Mutable(podJob, new JobRequest { Id = known.Id, Queue = known.Queue, Name = known.Name, Arguments = known.Arguments });

    private static JobRequest Mutable(PodJob podJob, JobRequest request) => request with
    {
        Generation = podJob.Metadata.Generation ?? 1,
        Priority = podJob.Spec.Priority,
        Suspended = podJob.Spec.Suspend,
        CancelRequested = podJob.Spec.Cancel,
        RetryToken = podJob.Spec.RetryToken,
        Approval = podJob.Spec.Design?.Approval.Decision switch
        {
            ApprovalVerdict.Approved => ApprovalDecision.Approved,
            ApprovalVerdict.Rejected => ApprovalDecision.Rejected,
            _ => null,
        },
    };
}
