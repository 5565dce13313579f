using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Objects;
using PodEngine.Kubernetes.Recording;
using PodEngine.Operator.Database;
using PodEngine.Operator.Installation;
using PodEngine.Operator.Recording;
using PodEngine.Operator.Watching;
using PodEngine.Queue;
using PodEngine.Resources;

namespace PodEngine.Operator.PodJobs;

/// <summary>
/// Cancels jobs whose PodJob was deleted while no operator watched: once at the start of a term, when the informers are in step and the
/// database is there. Each is confirmed by asking the API server itself.
/// </summary>
/// <remarks>
/// A wrong context, an empty list or a restored cluster look just like a mass deletion. So when more than <see cref="MostOrphans"/> and more than
/// <see cref="MostShare"/> of the unfinished jobs would go, nothing is cancelled and a person is asked.
/// </remarks>
internal sealed partial class OrphanSweep(
    IJobQueue queue, ClusterView cluster, KubernetesClient client, InstallationIdentity installation, DatabaseHealth health, EventRecorder recorder,
    string podNamespace, string? watchNamespace, TimeProvider time, ILogger<OrphanSweep> logger)
{
    /// <summary>Orphans that may be cancelled whatever their share.</summary>
    public const int MostOrphans = 20;

    /// <summary>Share of the unfinished jobs that may be cancelled whatever its number.</summary>
    public const double MostShare = 0.2;

    private const int MostJobs = 100_000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private static readonly JobState[] Unfinished =
        [JobState.Pending, JobState.Queued, JobState.Processing, JobState.Retrying, JobState.Suspended, JobState.AwaitingApproval];

    /// <summary>Sweeps once, when that is possible.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await cluster.PodJobs.WaitForSyncAsync(cancellationToken);
        while (!await TryAsync(cancellationToken))
        {
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private async Task<bool> TryAsync(CancellationToken cancellationToken)
    {
        if (!health.IsAvailable)
        {
            return false;
        }

        try
        {
            await SweepAsync(cancellationToken);
            return true;
        }
        catch (QueueUnavailableException)
        {
            health.Failed();
            return false;
        }
        catch (Exception fault) when (fault is KubernetesException or KubernetesUnreachableException)
        {
            Log.NotSwept(logger, fault.Message);
            return false;
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        List<JobRecord> jobs = [];
        foreach (var state in Unfinished)
        {
            var some = await queue.ListAsync(installation.Id, state, MostJobs, cancellationToken);
            jobs.AddRange(some.Where(job => watchNamespace is null || job.Queue.Namespace == watchNamespace));
        }

        var orphans = jobs.Where(job => cluster.PodJobs.Store.Find(KeyOf(job))?.Uid != job.Id.ToString()).ToList();
        if (orphans.Count > MostOrphans && orphans.Count > jobs.Count * MostShare)
        {
            Stop(orphans.Count, jobs.Count);
            return;
        }

        foreach (var job in orphans)
        {
            var found = await client.FindAsync(CustomResources.PodJobs, KeyOf(job), cancellationToken);
            if (found?.Metadata.Uid != job.Id.ToString())
            {
                await queue.CancelAsync(job.Id, PodJobReconciler.DeletedReason, cancellationToken);
                Log.Cancelled(logger, KeyOf(job), job.Id);
            }
        }
    }

    private void Stop(int orphans, int jobs)
    {
        Log.Stopped(logger, orphans, jobs);
        var regarding = new ObjectReference
        {
            ApiVersion = "v1",
            Kind = "ConfigMap",
            Namespace = podNamespace,
            Name = InstallationRegistry.ConfigMapName,
        };
        recorder.Record(
            regarding, EventType.Warning, EventReasons.SweepStopped, "Sweep",
            $"{orphans} of {jobs} unfinished jobs have no PodJob in this cluster, so none was cancelled. If this is the right cluster and they were deleted, cancel them through the API.");
    }

    private static ResourceKey KeyOf(JobRecord job) => new(job.Queue.Namespace, job.Name);

    private static partial class Log
    {
        [LoggerMessage(Hosting.EventIds.PodJobs + 10, LogLevel.Information, "PodJob {PodJob} was deleted while no operator watched: its job {Job} is cancelled.")]
        public static partial void Cancelled(ILogger logger, ResourceKey podJob, JobId job);

        [LoggerMessage(Hosting.EventIds.PodJobs + 11, LogLevel.Error,
            "{Orphans} of {Jobs} unfinished jobs have no PodJob in this cluster. That looks like a wrong cluster, an empty list or a restored backup, so none is cancelled.")]
        public static partial void Stopped(ILogger logger, int orphans, int jobs);

        [LoggerMessage(Hosting.EventIds.PodJobs + 12, LogLevel.Warning, "The look for deleted PodJobs did not succeed: {Fault} Trying again.")]
        public static partial void NotSwept(ILogger logger, string fault);
    }
}
