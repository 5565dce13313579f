using PodEngine.Queue.Bench.Contenders;
using PodEngine.Queue.Bench.Measuring;
using PodEngine.Queue.Bench.Reporting;
using PodEngine.Queue.Bench.Roles;

namespace PodEngine.Queue.Bench.Cells;

/// <summary>
/// 2,000 jobs/s, 20 per call, while another session holds a snapshot open as a long report or a forgotten transaction does: nothing dead can be cleaned
/// up. How long jobs wait for their handler, in windows of 10 s.
/// </summary>
internal sealed class HeldSnapshotCell : ICell
{
    private const double RatePerSecond = 2_000;
    private const int PerCall = 20;
    private const int Processes = 2;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public string Name => "snapshot";

    /// <inheritdoc/>
    public async Task RunAsync(BenchRun run)
    {
        foreach (var contender in run.Chosen([run.Field.Ours, run.Field.GraphileSteady, run.Field.PgBossSteady]))
        {
            var found = await MeasureAsync(run, contender);
            run.Findings.HeldSnapshots.Add(found);
            BenchRun.Say($"held snapshot, {contender.Name}: p50 {found.Windows[0].P50Ms:N1} -> {found.Windows[^1].P50Ms:N1} ms, {found.DeadRows:N0} dead rows");
        }
    }

    private static async Task<HeldSnapshotFinding> MeasureAsync(BenchRun run, Contender contender)
    {
        await using var scene = await Scene.SetUpAsync(run.Server, contender);
        await scene.AddWorkersAsync(Processes, timed: true);
        await scene.Database.SettleAsync();
        await using var snapshot = await scene.Database.HoldSnapshotAsync();
        await scene.GoAsync();
        var before = await run.Server.ReadAsync();
        var done = await scene.ProduceAsync(
            new Order { Kind = Order.Paced, RatePerSecond = RatePerSecond, PerCall = PerCall, Seconds = run.Size.Holding.TotalSeconds });
        await Until.IsSoAsync(() => scene.Handled >= done.Count, Patience);
        var used = await run.Server.ReadAsync() - before;
        var reports = await Task.WhenAll(scene.Workers.Select(worker => worker.ReportAsync()));
        DoneOnce.Check(run, contender, "held snapshot", done.Count, [.. reports.SelectMany(report => report.Numbers!)]);
        await scene.StopWorkersAsync();
        return new HeldSnapshotFinding
        {
            Contender = contender.Name,
            Role = contender.Role,
            Settings = contender.Settings,
            Windows = Windows(DoneOnce.Waits(reports).ToList(), run.Size.Holding),
            PgCpuUsPerJob = used.Cpu.TotalMicroseconds / done.Count,
            DeadRows = await scene.Database.DeadRowsAsync(),
        };
    }

    private static List<Distribution> Windows(List<(long Called, long Waited)> waits, TimeSpan length)
    {
        var first = waits.Min(wait => wait.Called);
        var last = (int)(length / Window) - 1;
        return
        [
            .. waits.GroupBy(wait => Math.Min((int)((wait.Called - first) / Window.TotalMicroseconds), last))
                .OrderBy(window => window.Key)
                .Select(window => Distribution.OfMicros(window.Select(wait => wait.Waited))),
        ];
    }
}
