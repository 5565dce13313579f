using PodEngine.Queue.Bench.Contenders;
using PodEngine.Queue.Bench.Measuring;
using PodEngine.Queue.Bench.Reporting;
using PodEngine.Queue.Bench.Roles;

namespace PodEngine.Queue.Bench.Cells;

/// <summary>
/// Workers with a job each are killed, 20 at once, by SIGKILL: how long until another worker has started their jobs. Beside them others are frozen past
/// their lease and thawed once their jobs run elsewhere (in every other round: once they are done): all they then write must be refused.
/// </summary>
internal sealed class RescueCell : ICell
{
    private const int Survivors = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AnyPhase = TimeSpan.FromSeconds(3);

    /// <inheritdoc/>
    public string Name => "kill";

    /// <inheritdoc/>
    public async Task RunAsync(BenchRun run)
    {
        var total = new RescueFinding();
        var waits = new List<long>();
        for (var round = 1; round <= run.Size.KillRounds; round++)
        {
            var found = await RoundAsync(run, waits, thawAfterTheEnd: round % 2 == 0);
            total = total with { StaleTried = total.StaleTried + found.WritesTried, StaleAccepted = total.StaleAccepted + found.WritesAccepted };
            BenchRun.Say($"kill {round}/{run.Size.KillRounds}: longest {waits.Max() / 1e6:N1} s so far, {total.StaleTried} stale writes, {total.StaleAccepted} accepted");
        }

        run.Findings.Rescues.Add(total with { Kills = waits.Count, UntilStarted = Distribution.OfMicros(waits) });
        if (total.StaleAccepted > 0)
        {
            run.Findings.AddFault(run.Field.Ours, $"kill: {total.StaleAccepted} stale writes were accepted");
        }

        if (total.StaleTried == 0)
        {
            run.Findings.AddFault(run.Field.Ours, "kill: no stale write was tried, so nothing is shown");
        }
    }

    /// <summary>One round on a database of its own; returns what the thawed tried.</summary>
    private static async Task<Answer> RoundAsync(BenchRun run, List<long> waits, bool thawAfterTheEnd)
    {
        var victim = With(run.Field.Ours, slots: 1);
        var survivor = With(run.Field.Ours, slots: run.Size.Kills + run.Size.Freezes);
        var jobs = run.Size.Kills + run.Size.Freezes;
        await using var scene = await Scene.SetUpAsync(run.Server, victim);
        await scene.ProduceManyAsync(jobs);
        var doomed = await scene.AddWorkersAsync(jobs, timed: false);
        await scene.GoAsync();
        await ExpectAsync(() => doomed.All(worker => worker.Progress.Count == 1), "every worker holds a job");
        var survivors = await scene.AddAsync([.. Enumerable.Range(0, Survivors).Select(_ => BenchProcess.Begin(survivor.WorkerStart(scene.Database, timed: true)))]);
        await Task.WhenAll(survivors.Select(worker => worker.AskAsync(new Order { Kind = Order.Go })));
        var frozen = doomed.Skip(run.Size.Kills).ToList();
        var held = await HeldByAsync(doomed.Take(run.Size.Kills));

        // The heartbeats of the victims are anywhere in their interval.
        await Task.Delay(AnyPhase * Random.Shared.NextDouble(), TimeProvider.System);
        frozen.ForEach(worker => worker.Signal(ProcessSignal.Stop));
        var killed = Kill(held);
        await ExpectAsync(async () => await StartedAsync(survivors) == jobs, "every job is started elsewhere");
        waits.AddRange(await WaitsAsync(survivors, killed));
        if (thawAfterTheEnd)
        {
            await ReleaseAsync(survivors);
        }

        var tried = await ThawAsync(frozen);
        await ReleaseAsync(survivors);
        await ExpectAsync(() => run.Field.Ours.IsDrainedAsync(scene.Database), "every job is done");
        await Task.WhenAll(survivors.Concat(frozen).Select(worker => worker.StopAsync()));
        return tried;
    }

    private static OurContender With(OurContender ours, int slots) => ours with
    {
        Process = ours.Process with { Slots = slots, ClaimAhead = 0, Handler = HandlerKind.Hold },
    };

    private static async Task<Dictionary<BenchProcess, long>> HeldByAsync(IEnumerable<BenchProcess> workers)
    {
        var held = new Dictionary<BenchProcess, long>();
        foreach (var worker in workers)
        {
            held[worker] = (await worker.ReportAsync()).Numbers![0];
        }

        return held;
    }

    /// <summary>Kills all and returns when each job lost its worker.</summary>
    private static Dictionary<long, long> Kill(Dictionary<BenchProcess, long> held)
    {
        var killed = new Dictionary<long, long>();
        foreach (var (worker, job) in held)
        {
            killed[job] = Moment.Micros;
            worker.Signal(ProcessSignal.Kill);
        }

        return killed;
    }

    /// <summary>How many different jobs were started.</summary>
    private static async Task<int> StartedAsync(IReadOnlyList<BenchProcess> workers)
    {
        var reports = await Task.WhenAll(workers.Select(worker => worker.ReportAsync()));
        return reports.SelectMany(report => report.Numbers!).Distinct().Count();
    }

    private static async Task<IEnumerable<long>> WaitsAsync(IEnumerable<BenchProcess> survivors, Dictionary<long, long> killed)
    {
        var reports = await Task.WhenAll(survivors.Select(worker => worker.ReportAsync()));
        return reports.SelectMany(report => report.Numbers!.Zip(report.Starts!))
            .Where(started => killed.ContainsKey(started.First))
            .GroupBy(started => started.First, started => started.Second)
            .Select(starts => starts.Min() - killed[starts.Key]);
    }

    private static Task ReleaseAsync(IEnumerable<BenchProcess> workers) =>
        Task.WhenAll(workers.Select(worker => worker.TellAsync(new Order { Kind = Order.Release })));

    /// <summary>Releases the handlers of frozen workers and then thaws them, so that they write as soon as they run again.</summary>
    private static async Task<Answer> ThawAsync(IReadOnlyList<BenchProcess> frozen)
    {
        await ReleaseAsync(frozen);
        foreach (var worker in frozen)
        {
            worker.Signal(ProcessSignal.Continue);
        }

        var sum = new Answer { Kind = Answer.Report };
        foreach (var worker in frozen)
        {
            var report = sum;
            await ExpectAsync(async () => (report = await worker.ReportAsync()).WritesTried == 2, "a thawed worker has tried to write");
            sum = sum with { WritesTried = sum.WritesTried + report.WritesTried, WritesAccepted = sum.WritesAccepted + report.WritesAccepted };
        }

        return sum;
    }

    private static Task ExpectAsync(Func<bool> condition, string what) => ExpectAsync(() => Task.FromResult(condition()), what);

    private static async Task ExpectAsync(Func<Task<bool>> condition, string what)
    {
        if (!await Until.IsSoAsync(condition, Patience))
        {
            throw new InvalidOperationException($"Within {Patience.TotalSeconds:N0} s it did not become true that {what}.");
        }
    }
}
