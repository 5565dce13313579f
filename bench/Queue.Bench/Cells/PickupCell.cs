using PodEngine.Queue.Bench.Contenders;
using PodEngine.Queue.Bench.Measuring;
using PodEngine.Queue.Bench.Reporting;
using PodEngine.Queue.Bench.Roles;

namespace PodEngine.Queue.Bench.Cells;

/// <summary>From the call that inserts a job to the begin of its handler: 50 jobs/s, two processes that have nothing else to do.</summary>
internal sealed class PickupCell : ICell
{
    private const double RatePerSecond = 50;
    private const int Processes = 2;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public string Name => "pickup";

    /// <inheritdoc/>
    public async Task RunAsync(BenchRun run)
    {
        Contender[] contenders = [run.Field.Ours, run.Field.GraphileDefaults, run.Field.GraphileSteady, run.Field.PgBossSteady];
        foreach (var contender in run.Chosen(contenders))
        {
            await using var scene = await Scene.SetUpAsync(run.Server, contender);
            await scene.AddWorkersAsync(Processes, timed: true);
            await MeasureAsync(run, scene, Situations.Idle);
        }
    }

    /// <summary>Paces jobs into a scene whose workers are set up, and notes how long they waited.</summary>
    public static async Task MeasureAsync(BenchRun run, Scene scene, string situation)
    {
        await scene.Database.SettleAsync();
        await scene.GoAsync();
        var before = await run.Server.ReadAsync();
        var seconds = (WarmUp + run.Size.Picking).TotalSeconds;
        var done = await scene.ProduceAsync(new Order { Kind = Order.Paced, RatePerSecond = RatePerSecond, Seconds = seconds });
        await Until.IsSoAsync(() => scene.Workers.Sum(worker => worker.Progress.Count) >= done.Count, Patience);
        var used = await run.Server.ReadAsync() - before;
        var reports = await Task.WhenAll(scene.Workers.Select(worker => worker.ReportAsync()));
        DoneOnce.Check(run, scene.Contender, $"pickup, {situation}", done.Count, [.. reports.SelectMany(report => report.Numbers!)]);
        var waits = DoneOnce.Waits(reports).ToList();
        var warm = waits.Min(wait => wait.Called) + (long)WarmUp.TotalMicroseconds;
        var found = new PickupFinding
        {
            Contender = scene.Contender.Name,
            Role = scene.Contender.Role,
            Settings = scene.Contender.Settings,
            Situation = situation,
            Waited = Distribution.OfMicros(waits.Where(wait => wait.Called >= warm).Select(wait => wait.Waited)),
            PgCpuUsPerJob = used.Cpu.TotalMicroseconds / done.Count,
        };
        run.Findings.Pickups.Add(found);
        BenchRun.Say($"pickup, {situation}, {scene.Contender.Name}: p50 {found.Waited.P50Ms:N1} ms, p99 {found.Waited.P99Ms:N1} ms");
        await scene.StopWorkersAsync();
    }
}
