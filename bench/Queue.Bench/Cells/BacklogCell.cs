using PodEngine.Queue.Bench.Contenders;
using PodEngine.Queue.Bench.Reporting;

namespace PodEngine.Queue.Bench.Cells;

/// <summary>
/// As <see cref="PickupCell"/>, with a million jobs waiting that are not due, and a further million of lower priority that are, in the same lane, so that
/// every claim walks the same index. The ready ones must not be worked off meanwhile, so a probe claims one job at a time, there and, to compare, on the
/// empty queue. Peers offer no such claim: of them only the scheduled backlog is measured.
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
        foreach (var contender in run.Chosen([run.Field.Ours, run.Field.GraphileSteady, run.Field.PgBossSteady]))
        {
            await using var scene = await Scene.SetUpAsync(run.Server, contender);
            await ProbeAsync(run, scene, Situations.ProbeEmpty);
            await scene.ProduceManyAsync(run.Size.Backlog, delaySeconds: FarAway.TotalSeconds);
            await scene.MirroredAsync();
            await scene.AddWorkersAsync(Processes, timed: true);
            await PickupCell.MeasureAsync(run, scene, Situations.Scheduled);
            if (contender is OurContender)
            {
                await scene.ProduceManyAsync(run.Size.Backlog, LowPriority);
                await scene.MirroredAsync();
                await ProbeAsync(run, scene, Situations.ProbeReady);
            }
        }
    }

    private static async Task ProbeAsync(BenchRun run, Scene scene, string situation)
    {
        if (scene.Contender is OurContender ours)
        {
            await scene.AddAsync([.. Enumerable.Range(0, Processes).Select(_ => BenchProcess.Begin(ours.ProbeStart(scene.Database)))]);
            await PickupCell.MeasureAsync(run, scene, situation);
        }
    }
}
