using PodEngine.Queue.Bench.Contenders;
using PodEngine.Queue.Bench.Databases;
using PodEngine.Queue.Bench.Reporting;

namespace PodEngine.Queue.Bench.Cells;

/// <summary>
/// As <see cref="PickupCell"/>, with a million jobs waiting: ready ones of lower priority in the same lane, so that every claim walks the same index, and
/// scheduled ones. The ready backlog must not be worked off meanwhile, so a probe claims one job at a time; it also measures the empty queue, to compare.
/// Peers offer no such thing, so of them only the scheduled backlog is measured.
/// </summary>
internal sealed class BacklogCell : ICell
{
    private const int Processes = 2;
    private const int LowPriority = -10;
    private static readonly TimeSpan FarAway = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public string Name => "backlog";

    /// <inheritdoc/>
    public async Task RunAsync(BenchRun run)
    {
        await ProbeAsync(run, Situations.ProbeEmpty, _ => Task.CompletedTask);
        await ProbeAsync(run, Situations.ProbeReady, scene => scene.ProduceManyAsync(run.Size.Backlog, LowPriority));
        await ProbeAsync(run, Situations.ProbeScheduled, scene => scene.ProduceManyAsync(run.Size.Backlog, delaySeconds: FarAway.TotalSeconds));
        foreach (var contender in run.Chosen([run.Field.Ours, run.Field.GraphileSteady, run.Field.PgBossSteady]))
        {
            await using var scene = await Scene.SetUpAsync(run.Server, contender);
            await scene.ProduceManyAsync(run.Size.Backlog, delaySeconds: FarAway.TotalSeconds);
            await scene.AddWorkersAsync(Processes, timed: true);
            await PickupCell.MeasureAsync(run, scene, Situations.Scheduled);
        }
    }

    private static async Task ProbeAsync(BenchRun run, string situation, Func<Scene, Task> prepareAsync)
    {
        await using var scene = await Scene.SetUpAsync(run.Server, run.Field.Ours);
        await prepareAsync(scene);
        await scene.AddAsync([.. Enumerable.Range(0, Processes).Select(_ => Probe(run.Field.Ours, scene.Database))]);
        await PickupCell.MeasureAsync(run, scene, situation);
    }

    private static BenchProcess Probe(OurContender ours, BenchDatabase database) => BenchProcess.Begin(ours.ProbeStart(database));
}
