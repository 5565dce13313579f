using PodEngine.Kubernetes.Objects;
using PodEngine.Resources.PodJobs;

namespace PodEngine.Operator.Watching;

/// <summary>
/// What the operator keeps in memory of a PodJob: its status, and its spec only until the queue has taken the job, because ten thousand
/// prompts nobody asks for again are most of an operator's memory. Equal while the specification is, so that status writes wake nobody.
/// </summary>
internal sealed record PodJobView
{
    /// <summary>Unique id: the job's id in the queue.</summary>
    public required string Uid { get; init; }

    /// <summary>Generation of the specification.</summary>
    public required long Generation { get; init; }

    /// <summary>Whether it is being deleted.</summary>
    public required bool IsDeleting { get; init; }

    /// <summary>The pool it names.</summary>
    public required string Pool { get; init; }

    /// <summary>Its status as last seen.</summary>
    public required PodJobStatus? Status { get; init; }

    /// <summary>The whole object while it is not accepted; null afterwards.</summary>
    public required PodJob? Entity { get; init; }

    /// <summary>Whether the queue has taken it, as its status says.</summary>
    public bool IsAccepted => Conditions.IsTrue(Status?.Conditions, PodJobConditions.Accepted);

    /// <summary>Whether it has ended, as its status says.</summary>
    public bool IsFinished => Conditions.IsTrue(Status?.Conditions, PodJobConditions.Finished);

    /// <summary>Whether nothing is left to be done: it has ended and its status speaks of the specification as it is.</summary>
    public bool IsSettled => IsFinished && Status?.ObservedGeneration >= Generation;

    /// <summary>The view of a PodJob.</summary>
    public static PodJobView Of(PodJob podJob)
    {
        var view = new PodJobView
        {
            Uid = podJob.Metadata.Uid ?? "",
            Generation = podJob.Metadata.Generation ?? 0,
            IsDeleting = podJob.Metadata.DeletionTimestamp is not null,
            Pool = string.Intern(podJob.Spec.WorkerPoolName),
            Status = podJob.Status,
            Entity = podJob,
        };
        return view.IsAccepted ? view with { Entity = null } : view;
    }

    /// <summary>Whether both are the same specification of the same PodJob.</summary>
    public bool Equals(PodJobView? other) =>
        other is not null && Uid == other.Uid && Generation == other.Generation && IsDeleting == other.IsDeleting;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Uid, Generation);
}
