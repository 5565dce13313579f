using PodEngine.Queue.Bench.Contenders;
using PodEngine.Queue.Bench.Measuring;
using PodEngine.Queue.Bench.Reporting;
using PodEngine.Queue.Bench.Roles;
using PodEngine.Queue.Postgres;
using PodEngine.Queue.Postgres.Connecting;

namespace PodEngine.Queue.Bench.Cells;

/// <summary>From SIGTERM of a worker that holds 96 jobs it has not started (and runs 4) until another has claimed them all.</summary>
internal sealed class HandBackCell : ICell
{
    private const int Slots = 4;
    private const int Jobs = 100;
    private const string Taker = "bench/taker";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public string Name => "handback";

    /// <inheritdoc/>
    public async Task RunAsync(BenchRun run)
    {
        var contender = run.Field.Ours with
        {
            Process = run.Field.Ours.Process with { Slots = Slots, ClaimAhead = Jobs - Slots, Handler = HandlerKind.Hold },
        };
        await using var scene = await Scene.SetUpAsync(run.Server, contender);
        await using var store = PostgresStore.Open(scene.Database.Url);
        await using var queue = new PostgresJobQueue(store);
        var micros = new List<long>();
        for (var i = 0; i < run.Size.HandBacks; i++)
        {
            micros.Add(await MeasureAsync(contender, scene, queue));
        }

        var found = new HandBackFinding { Jobs = Jobs, UntilClaimed = Distribution.OfMicros(micros) };
        run.Findings.HandBacks.Add(found);
        BenchRun.Say($"SIGTERM to hand-back of {Jobs - Slots} unstarted jobs: p50 {found.UntilClaimed.P50Ms:N1} ms, longest {found.UntilClaimed.MaxMs:N1} ms");
    }

    private static async Task<long> MeasureAsync(OurContender contender, Scene scene, PostgresJobQueue queue)
    {
        await scene.ProduceManyAsync(Jobs);
        await using var worker = await BenchProcess.StartAsync(contender.WorkerStart(scene.Database, timed: false));
        await worker.AskAsync(new Order { Kind = Order.Go });
        await Until.IsSoAsync(
            async () => (await queue.MeasureAsync(BenchLane.Queue, CancellationToken.None)).Processing == Jobs && worker.Progress.Count == Slots, Patience);
        await queue.HeartbeatAsync(Heartbeat([]), CancellationToken.None);
        var asked = Moment.Micros;
        worker.Signal(ProcessSignal.Terminate);
        var taken = new List<ClaimedJob>();
        if (!await Until.IsSoAsync(async () => await TakeAsync(queue, taken) >= Jobs - Slots, Patience))
        {
            throw new InvalidOperationException($"Only {taken.Count} of {Jobs - Slots} unstarted jobs came back after SIGTERM.");
        }

        var elapsed = Moment.Micros - asked;
        await worker.ExitedAsync();
        await TakeAsync(queue, taken);
        await Task.WhenAll(taken.Select(job => queue.FinishAsync(job.Lease, new AttemptOutcome.Completed(), CancellationToken.None)));
        return elapsed;
    }

    private static async Task<int> TakeAsync(PostgresJobQueue queue, List<ClaimedJob> taken)
    {
        taken.AddRange(await queue.ClaimAsync(BenchLane.Queue, Taker, Jobs, CancellationToken.None));
        return taken.Count;
    }

    private static WorkerHeartbeat Heartbeat(IReadOnlyCollection<JobLease> held) =>
        new() { WorkerId = Taker, Queue = BenchLane.Queue, Host = "bench", Concurrency = Jobs, Held = held };
}
