namespace PodEngine.Operator.Recording;

/// <summary>Every reason the operator gives in events; documentation, alerts and users rely on these words.</summary>
internal static class EventReasons
{
    /// <summary>PodJob, Normal: accepted, or asked to run again by a new <c>retryToken</c>; it waits for a worker.</summary>
    public const string Queued = nameof(Queued);

    /// <summary>PodJob, Warning: the spec, or something it names, is not right; the note has every fault. Re-evaluated when that changes.</summary>
    public const string Rejected = nameof(Rejected);

    /// <summary>PodJob, Warning: fields changed that may not change, which an old API server lets pass; the job goes on as it was queued.</summary>
    public const string ChangeIgnored = nameof(ChangeIgnored);

    /// <summary>PodJob, Normal: ended well; the note says what was made.</summary>
    public const string Completed = nameof(Completed);

    /// <summary>PodJob, Warning: ended badly; the note has code and message.</summary>
    public const string Failed = nameof(Failed);

    /// <summary>PodJob, Normal: ended by request, rejection of its pictures or for want of a decision.</summary>
    public const string Cancelled = nameof(Cancelled);

    /// <summary>WorkerPool, Warning: a worker restarted more than <c>maxRestarts</c> times.</summary>
    public const string WorkerFailing = nameof(WorkerFailing);

    /// <summary>WorkerPool, Warning: somebody else owns fields of the pool's Deployment; nothing was overwritten.</summary>
    public const string FieldConflict = nameof(FieldConflict);

    /// <summary>ConfigMap podengine-installation, Warning: so many PodJobs are missing that nothing was cancelled; see the note.</summary>
    public const string SweepStopped = nameof(SweepStopped);
}
