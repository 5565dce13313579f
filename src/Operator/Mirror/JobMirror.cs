using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Objects;
using PodEngine.Ledger;
using PodEngine.Operator.Database;
using PodEngine.Operator.Installation;
using PodEngine.Operator.PodJobs;
using PodEngine.Operator.Recording;
using PodEngine.Queue;

namespace PodEngine.Operator.Mirror;

/// <summary>
/// Carries what the queue knows of jobs into the statuses of their PodJobs.
/// </summary>
/// <remarks>
/// Flow: wait for changes (a wake that is lost only lengthens the wait), list what is unmirrored, ends first, write the statuses that are due,
/// acknowledge the versions written. Guarantee: every change of a job is either mirrored or superseded by a later one, whatever fails in
/// between, because only what was written is acknowledged. There is no cursor: commits may become visible in any order.
/// </remarks>
internal sealed partial class JobMirror(
    IJobQueue queue, IJobLedger ledger, PodJobStatuses statuses, PodJobEvents events, InstallationIdentity installation, DatabaseHealth health,
    TimeProvider time, ILogger<JobMirror> logger)
{
    private const int FirstLimit = 500;
    private const int MostLimit = 20_000;
    private const int Parallelism = 16;
    private static readonly TimeSpan Wake = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestRound = TimeSpan.FromMilliseconds(50);
    private readonly MirrorPacing pacing = new(time);
    private int limit = FirstLimit;
    private bool isFailing;

    /// <summary>Mirrors until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                if (!health.IsAvailable)
                {
                    await Task.Delay(Pause, time, cancellationToken);
                }
                else if (await RoundAsync(cancellationToken) is { Mirrored: 0 } round)
                {
                    await queue.WaitForChangesAsync(Least(round.NextDue), cancellationToken);
                    await Task.Delay(ShortestRound, time, cancellationToken);
                }
            }
            catch (QueueUnavailableException)
            {
                health.Failed();
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    /// <summary>One listing and what is due of it.</summary>
    internal async Task<Round> RoundAsync(CancellationToken cancellationToken)
    {
        var jobs = await queue.ListUnmirroredAsync(installation.Id, limit, cancellationToken);
        List<UnmirroredJob> due = [];
        TimeSpan? nextDue = null;
        foreach (var job in jobs)
        {
            var wait = pacing.WaitBefore(job.Job);
            if (wait == TimeSpan.Zero)
            {
                due.Add(job);
            }
            else if (nextDue is null || wait < nextDue)
            {
                nextDue = wait;
            }
        }

        // Jobs put off fill the list: look further, or later ones would wait behind them.
        limit = due.Count == 0 && jobs.Count == limit ? Math.Min(limit * 2, MostLimit) : FirstLimit;
        var mirrored = await MirrorAsync(due, cancellationToken);
        return new Round(mirrored, mirrored < due.Count ? Pause : nextDue);
    }

    private async Task<int> MirrorAsync(List<UnmirroredJob> due, CancellationToken cancellationToken)
    {
        if (due.Count == 0)
        {
            return 0;
        }

        var results = new MirrorResult[due.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, due.Count, options, async (i, token) => results[i] = await MirrorOneAsync(due[i].Job, token));
        List<UnmirroredJob> done = [];
        for (var i = 0; i < due.Count; i++)
        {
            if (results[i] == MirrorResult.Failed)
            {
                pacing.Failed(due[i].Job);
                continue;
            }

            done.Add(due[i]);
            if (results[i] == MirrorResult.Gone)
            {
                pacing.Forget(due[i].Job.Id);
            }
            else
            {
                pacing.Written(due[i].Job);
            }
        }

        isFailing = isFailing && done.Count < due.Count;
        if (done.Count > 0)
        {
            await queue.AcknowledgeMirroredAsync(done, cancellationToken);
        }

        return done.Count;
    }

    private async Task<MirrorResult> MirrorOneAsync(JobRecord job, CancellationToken cancellationToken)
    {
        var key = new ResourceKey(job.Queue.Namespace, job.Name);
        var uid = job.Id.ToString();
        try
        {
            var entries = await EntriesAsync(job, key, uid, cancellationToken);
            var now = time.GetUtcNow();
            var change = await statuses.WriteAsync(
                key, uid, podJob => PodJobStatusProjection.Project(podJob, job, entries, now), cancellationToken);
            if (change is null)
            {
                return MirrorResult.Gone;
            }

            events.Tell(key, uid, change);
            return MirrorResult.Mirrored;
        }
        catch (Exception fault) when (fault is KubernetesException or KubernetesUnreachableException or InvalidDataException)
        {
            if (!isFailing)
            {
                isFailing = true;
                Log.NotMirrored(logger, key, fault.Message);
            }

            return MirrorResult.Failed;
        }
    }

    /// <summary>What a job made; not asked for while it can have made nothing: never claimed, nor had a life before.</summary>
    private async Task<JobLedgerEntries?> EntriesAsync(JobRecord job, ResourceKey key, string uid, CancellationToken cancellationToken) =>
        job.StartedAt is null && statuses.Find(key, uid) is null or { Images: null, Products: null, Cost: null }
            ? null
            : await ledger.ReadAsync(job.Id, cancellationToken);

    private static TimeSpan Least(TimeSpan? due) => due is { } soon && soon < Wake ? soon : Wake;

    /// <summary>What a round did.</summary>
    /// <param name="Mirrored">Jobs acknowledged.</param>
    /// <param name="NextDue">When the first of those put off is due.</param>
    internal sealed record Round(int Mirrored, TimeSpan? NextDue);

    private enum MirrorResult
    {
        Failed,
        Mirrored,
        Gone,
    }

    private static partial class Log
    {
        [LoggerMessage(Hosting.EventIds.Mirror, LogLevel.Warning, "The status of PodJob {PodJob} was not written, and maybe others: {Fault} Trying again.")]
        public static partial void NotMirrored(ILogger logger, ResourceKey podJob, string fault);
    }
}
