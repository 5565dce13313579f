using PodEngine.Queue.Bench.Measuring;
using PodEngine.Queue.Bench.Reporting;
using PodEngine.Queue.Bench.Roles;

namespace PodEngine.Queue.Bench.Cells;

/// <summary>
/// Jobs of a key whose shared limit is used up, in front of jobs of a free key. The workers know nothing of it before a handler finds out and puts its job
/// off with all others of the key.
/// </summary>
internal sealed class SaturatedKeyCell : ICell
{
    private const int Processes = 2;
    private const string SaturatedKey = "bench/saturated";
    private const string FreeKey = "bench/free";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public string Name => "limits";

    /// <inheritdoc/>
    public async Task RunAsync(BenchRun run)
    {
        var micros = new List<long>();
        for (var i = 0; i < run.Size.SaturatedTries; i++)
        {
            micros.Add(await MeasureAsync(run));
        }

        var found = new SaturatedKeyFinding { Saturated = run.Size.Saturated, Free = run.Size.Free, UntilAllStarted = Distribution.OfMicros(micros) };
        run.Findings.SaturatedKeys.Add(found);
        BenchRun.Say($"{found.Free} jobs behind {found.Saturated} of a saturated key: all started after {found.UntilAllStarted.P50Ms:N0} ms, longest {found.UntilAllStarted.MaxMs:N0} ms");
    }

    private static async Task<long> MeasureAsync(BenchRun run)
    {
        var contender = run.Field.OursFewInFlight with
        {
            Process = run.Field.OursFewInFlight.Process with { Handler = HandlerKind.PutOff, SaturatedBelow = run.Size.Saturated },
        };
        await using var scene = await Scene.SetUpAsync(run.Server, contender);
        await scene.ProduceAsync(new Order { Kind = Order.Bulk, Count = run.Size.Saturated, PerCall = 10_000, LimitKey = SaturatedKey });
        await scene.ProduceAsync(new Order { Kind = Order.Bulk, From = run.Size.Saturated, Count = run.Size.Free, PerCall = run.Size.Free, LimitKey = FreeKey });
        await scene.AddWorkersAsync(Processes, timed: true);
        await scene.Database.SettleAsync();
        var began = Moment.Micros;
        await scene.GoAsync();
        if (!await Until.IsSoAsync(() => scene.Handled >= run.Size.Free, Patience))
        {
            run.Findings.AddFault(contender, $"limits: {scene.Handled} of {run.Size.Free} jobs of a free key were started within {Patience.TotalSeconds:N0} s");
        }

        var reports = await Task.WhenAll(scene.Workers.Select(worker => worker.ReportAsync()));
        DoneOnce.Check(run, contender, "limits", run.Size.Free, [.. reports.SelectMany(report => report.Numbers!)]);
        await scene.StopWorkersAsync();
        return reports.SelectMany(report => report.Starts!).DefaultIfEmpty(began).Max() - began;
    }
}
