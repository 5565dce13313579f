using PodEngine.Queue.Bench.Contenders;
using PodEngine.Queue.Bench.Reporting;
using PodEngine.Queue.Bench.Roles;

namespace PodEngine.Queue.Bench.Cells;

/// <summary>Transactions per second of one of our worker processes that has nothing to do, and of the process that mirrors and maintains.</summary>
internal sealed class IdleCell : ICell
{
    // Idle sessions tell the statistics what they did up to ten seconds late.
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(12);

    /// <inheritdoc/>
    public string Name => "idle";

    /// <inheritdoc/>
    public async Task RunAsync(BenchRun run)
    {
        await using var database = await run.Server.CreateDatabaseAsync();
        await run.Field.Ours.InstallAsync(database);
        await using (var worker = await BenchProcess.StartAsync(run.Field.Ours.WorkerStart(database, timed: false)))
        {
            await worker.AskAsync(new Order { Kind = Order.Go });
            await CountAsync(run, database.Name, "worker");
            await worker.StopAsync();
        }

        await using var host = await BenchProcess.StartAsync(run.Field.Ours.HostStart(database));
        await CountAsync(run, database.Name, "host: mirror and maintenance");
        await host.StopAsync();
    }

    private static async Task CountAsync(BenchRun run, string database, string process)
    {
        await Task.Delay(Calm, TimeProvider.System);
        var before = await run.Server.TransactionsAsync(database);
        var began = Moment.Micros;
        await Task.Delay(run.Size.Idling, TimeProvider.System);
        var transactions = await run.Server.TransactionsAsync(database) - before;
        var found = new IdleFinding { Process = process, TransactionsPerSecond = transactions * 1e6 / (Moment.Micros - began) };
        run.Findings.Idles.Add(found);
        BenchRun.Say($"idle {process}: {found.TransactionsPerSecond:N2} transactions/s");
    }
}
