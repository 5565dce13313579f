using PodEngine.Kit;
using PodEngine.Queue;
using PodEngine.Queue.Postgres;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.QueueHistory.Tests.Faults;
using PodEngine.QueueHistory.Tests.Judging;
using PodEngine.QueueHistory.Tests.Load;
using PodEngine.QueueHistory.Tests.Running;
using PodEngine.QueueWorker.Recording;

namespace PodEngine.QueueHistory.Tests;

/// <summary>The queue as a whole, with real processes, while everything around it fails at random.</summary>
public class QueueHistoryTests
{
    private const int Workers = 4;

    /// <summary>Of the faults; the run then goes on until the last job has ended.</summary>
    private static readonly TimeSpan Length = Soak.Bound(TimeSpan.FromMinutes(4.5), TimeSpan.FromHours(1));

    private static readonly TimeSpan DrainsWithin = TimeSpan.FromMinutes(5);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_fails_every_job_ends_exactly_once_and_no_stale_write_is_accepted()
    {
        var seed = Seed.OfThisRun();
        Figures.Show($"queue history: the faults of this run come again with {Seed.EnvironmentVariable}={seed}");
        await using var world = await World.CreateAsync(Cancelled);
        await using var store = PostgresStore.Open(world.Database.Uri);
        await using var queue = new PostgresJobQueue(store, World.Timings);
        await using var fleet = new Fleet(world, Workers, seed);
        var producer = new Producer(queue, world.Queue, Seed.Chance(seed, 1));
        var injector = new FaultInjector(world, fleet, Seed.Chance(seed, 2));
        await using var leader = new Leader(queue);
        await fleet.StartAsync();

        var schedule = FaultSchedule.Draw(Seed.Chance(seed, 3), Length, Workers, World.Timings.LeaseLength);
        await Task.WhenAll(producer.RunAsync(Length, Cancelled), injector.RunAsync(schedule, Cancelled));
        await DrainAsync(queue, world.Queue);
        await fleet.LeaveAsync();

        var jobs = await CollectAsync(store, queue, producer, world.Queue);
        var verdict = HistoryJudge.Judge(jobs);
        Show(jobs, verdict, $"{fleet.Killed} workers killed, {fleet.Frozen} frozen, {injector.Terminated} sessions terminated");
        Assert.True(verdict.Violations.Count == 0, string.Join('\n', verdict.Violations.Take(20).Prepend($"{verdict.Violations.Count} violations, seed {seed}:")));
        Assert.True(verdict.StaleSent > 0, "No stale worker wrote anything: the fence was not tried.");
        Assert.True(jobs.Count > 0 && fleet is { Killed: > 0, Frozen: > 0 } && injector.Terminated > 0, "Nothing went wrong: nothing was tried.");
    }

    /// <summary>Workers and leader go on undisturbed until nothing is left.</summary>
    private static async Task DrainAsync(PostgresJobQueue queue, QueueKey lane)
    {
        JobState[] open = [JobState.Pending, JobState.Queued, JobState.Processing, JobState.Retrying, JobState.Suspended, JobState.AwaitingApproval];
        foreach (var state in open.Concat(open))
        {
            await Eventually.Holds(
                async () => (await queue.ListAsync(lane.InstallationId, state, 1, Cancelled)).Count == 0, DrainsWithin, $"no job is {state} for good");
        }
    }

    private static async Task<IReadOnlyList<JobHistory>> CollectAsync(PostgresStore store, PostgresJobQueue queue, Producer producer, QueueKey lane)
    {
        var records = (await queue.ListAsync(lane.InstallationId, null, int.MaxValue, Cancelled)).ToDictionary(record => record.Id);
        var entries = (await HistoryReader.ReadAsync(store, Cancelled)).ToLookup(entry => entry.Lease.Job);
        var cancelled = producer.Cancelled;
        return [.. producer.Jobs.Select(job => new JobHistory(job, records.GetValueOrDefault(job), cancelled.Contains(job), [.. entries[job]]))];
    }

    private static void Show(IReadOnlyList<JobHistory> jobs, Verdict verdict, string faults)
    {
        var ends = jobs.CountBy(job => job.Record?.State.ToString() ?? "unknown").OrderBy(end => end.Key).Select(end => $"{end.Value} {end.Key}");
        Figures.Show($"""
            queue history: {jobs.Count} jobs ({string.Join(", ", ends)}), {verdict.Claims} claims, {jobs.Sum(job => job.Record?.Rescues ?? 0)} rescues
            queue history: {faults}
            queue history: {verdict.StaleSent} stale writes and outcomes sent, {verdict.StaleAccepted} accepted; {verdict.Refused} refused in all
            queue history: {verdict.Unanswered} outcomes without an answer, {verdict.ResolvedFromStore} of them had ended their job by the store's account
            queue history: {verdict.Violations.Count} violations
            """);
    }
}
