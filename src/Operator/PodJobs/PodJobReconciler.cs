using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Objects;
using PodEngine.Kubernetes.Reconciling;
using PodEngine.Operator.Database;
using PodEngine.Operator.Installation;
using PodEngine.Operator.Recording;
using PodEngine.Operator.Watching;
using PodEngine.Queue;
using PodEngine.Resources;
using PodEngine.Resources.Admission;
using PodEngine.Resources.PodJobs;

namespace PodEngine.Operator.PodJobs;

/// <summary>
/// Brings PodJobs into the queue: admits new ones, carries changes of accepted ones over, cancels what was deleted.
/// </summary>
/// <remarks>
/// The status of a PodJob the queue has taken is the mirror's alone; this writes only why one is not taken. So an accepted PodJob costs no status
/// write here, and any reconcile can run at any time and twice. What waits for the database is parked and costs nothing until it is back.
/// </remarks>
internal sealed partial class PodJobReconciler(
    KubernetesClient client, IJobQueue queue, JobBatcher batcher, ReferenceResolver references, PodJobStatuses statuses, PodJobEvents events,
    DeletedJobs deleted, WaitingForDatabase waiting, DatabaseHealth health, InstallationIdentity installation, PoolWakes pools, TimeProvider time,
    ILogger<PodJobReconciler> logger) : IEntityController<PodJobView>
{
    /// <summary>Reason of a cancellation whose PodJob was deleted.</summary>
    public const string DeletedReason = "Deleted";

    /// <summary>
    /// How young a PodJob is allowed to be rejected: the pool it names may be in the same <c>kubectl apply</c>, a file later. Ages are
    /// known to the second.
    /// </summary>
    private static readonly TimeSpan YoungestRejected = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <inheritdoc/>
    public async Task<ReconcileOutcome> ReconcileAsync(ResourceKey key, PodJobView entity, CancellationToken cancellationToken)
    {
        try
        {
            await EndDeletedAsync(key, cancellationToken);
            return entity switch
            {
                { IsDeleting: true } => await CancelAsync(entity.Uid, cancellationToken),
                { IsSettled: true } => ReconcileOutcome.Done,
                { Entity: { } podJob } => await AdmitAsync(key, podJob, cancellationToken),
                _ => await ChangeAsync(key, entity, cancellationToken),
            };
        }
        catch (QueueUnavailableException)
        {
            health.Failed();
            return await WaitAsync(key, entity, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task<ReconcileOutcome> DeletedAsync(ResourceKey key, DeletionEvidence evidence, CancellationToken cancellationToken)
    {
        try
        {
            await EndDeletedAsync(key, cancellationToken);
        }
        catch (QueueUnavailableException)
        {
            health.Failed();
            Park(key);
        }

        return ReconcileOutcome.Done;
    }

    /// <summary>Cancels the jobs of PodJobs of this name that are gone, or forgets that there were any.</summary>
    private async Task EndDeletedAsync(ResourceKey key, CancellationToken cancellationToken)
    {
        var gone = deleted.Take(key);
        for (var i = 0; i < gone.Count; i++)
        {
            try
            {
                await EndAsync(JobRequests.IdOf(gone[i]), cancellationToken);
            }
            catch
            {
                deleted.PutBack(key, gone.Skip(i));
                throw;
            }
        }
    }

    private async Task EndAsync(JobId job, CancellationToken cancellationToken)
    {
        RequireDatabase();
        if (!await queue.CancelAsync(job, DeletedReason, cancellationToken) && await queue.FindAsync(job, cancellationToken) is null)
        {
            // Retention took it before. Its tombstone has nobody left to turn away.
            await queue.ForgetAsync([job], forGood: true, cancellationToken);
        }
    }

    private async Task<ReconcileOutcome> CancelAsync(string uid, CancellationToken cancellationToken)
    {
        RequireDatabase();
        await queue.CancelAsync(JobRequests.IdOf(uid), DeletedReason, cancellationToken);
        return ReconcileOutcome.Done;
    }

    private async Task<ReconcileOutcome> AdmitAsync(ResourceKey key, PodJob podJob, CancellationToken cancellationToken)
    {
        var outcome = PodJobAdmission.Admit(podJob, await references.ResolveAsync(podJob, cancellationToken));
        if (outcome is AdmissionOutcome.Admitted admitted)
        {
            RequireDatabase();
            await EnqueueAsync(JobRequests.New(podJob, admitted.Snapshot, installation.Id), cancellationToken);
            return ReconcileOutcome.Done;
        }

        var rejected = (AdmissionOutcome.Rejected)outcome;
        if (time.GetUtcNow() - podJob.Metadata.CreationTimestamp is { } age && age > -YoungestRejected && age < YoungestRejected)
        {
            return ReconcileOutcome.Again(YoungestRejected - age);
        }

        // The queue may have taken it before, and this operator died before the status said so: what is queued stays queued.
        if (health.IsAvailable && await queue.FindAsync(JobRequests.IdOf(podJob.Metadata.Uid!), cancellationToken) is { } known)
        {
            await EnqueueAsync(JobRequests.Change(podJob, known), cancellationToken);
            return ReconcileOutcome.Done;
        }

        var now = time.GetUtcNow();
        var change = await statuses.WriteAsync(
            key, podJob.Metadata.Uid!, seen => RejectedStatus.Rejected(AtGeneration(seen, podJob), rejected.Faults, now), cancellationToken);
        if (change is not null)
        {
            events.Tell(key, podJob.Metadata.Uid!, change);
        }

        return ReconcileOutcome.Done;
    }

    /// <summary>Carries a changed spec of an accepted PodJob over.</summary>
    private async Task<ReconcileOutcome> ChangeAsync(ResourceKey key, PodJobView view, CancellationToken cancellationToken)
    {
        if (view.Status?.ObservedGeneration >= view.Generation)
        {
            return ReconcileOutcome.Done;
        }

        RequireDatabase();
        var podJob = await client.FindAsync(CustomResources.PodJobs, key, cancellationToken);
        if (podJob is null || podJob.Metadata.Uid != view.Uid)
        {
            return ReconcileOutcome.Done;
        }

        var known = await queue.FindAsync(JobRequests.IdOf(view.Uid), cancellationToken);
        if (known is not null)
        {
            await EnqueueAsync(JobRequests.Change(podJob, known), cancellationToken);
            events.TellIgnored(key, view.Uid, QueuedSpec.IgnoredChanges(podJob, known));
            return ReconcileOutcome.Done;
        }

        return view.IsFinished
            ? ReconcileOutcome.Never("the job has ended and the queue no longer knows it; apply a new PodJob to do the work again")
            : await AdmitAsync(key, podJob, cancellationToken);
    }

    private async Task EnqueueAsync(JobRequest request, CancellationToken cancellationToken)
    {
        var outcome = await batcher.UpsertAsync(request, cancellationToken);
        Log.Enqueued(logger, outcome, new ResourceKey(request.Queue.Namespace, request.Name), request.Queue.Pool);
        if (outcome != UpsertOutcome.Unchanged)
        {
            pools.Wake(new ResourceKey(request.Queue.Namespace, request.Queue.Pool));
        }
    }

    /// <summary>Tells the PodJob that it waits, once the outage is more than a blink, and parks it until the database is back.</summary>
    private async Task<ReconcileOutcome> WaitAsync(ResourceKey key, PodJobView view, CancellationToken cancellationToken)
    {
        Park(key);
        if (health.AwayFor < Patience)
        {
            return ReconcileOutcome.Again(Patience);
        }

        if (view is { IsAccepted: false, IsDeleting: false })
        {
            var now = time.GetUtcNow();
            await statuses.WriteAsync(key, view.Uid, podJob => RejectedStatus.DatabaseUnavailable(AtGeneration(podJob, view.Entity), now), cancellationToken);
        }

        return ReconcileOutcome.Done;
    }

    private void Park(ResourceKey key)
    {
        waiting.Park(key);
        if (health.IsAvailable)
        {
            // It came back between the failure and the parking, and has already called for what was parked.
            pools.WakeParked();
        }
    }

    private void RequireDatabase()
    {
        if (!health.IsAvailable)
        {
            throw new QueueUnavailableException("PostgreSQL is away.");
        }
    }

    /// <summary>The state seen, with the generation that the conclusion was drawn from.</summary>
    private static PodJob AtGeneration(PodJob seen, PodJob? judged) =>
        judged is null ? seen : seen with { Metadata = seen.Metadata with { Generation = judged.Metadata.Generation } };

    private static partial class Log
    {
        [LoggerMessage(Hosting.EventIds.PodJobs, LogLevel.Debug, "{Outcome} in the queue: PodJob {PodJob}, pool {Pool}.")]
        public static partial void Enqueued(ILogger logger, UpsertOutcome outcome, ResourceKey podJob, string pool);
    }
}
