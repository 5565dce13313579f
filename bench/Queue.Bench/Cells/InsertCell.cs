using PodEngine.Queue.Bench.Contenders;
using PodEngine.Queue.Bench.Reporting;
using PodEngine.Queue.Bench.Roles;

namespace PodEngine.Queue.Bench.Cells;

/// <summary>Jobs inserted one by one by eight clients of one process, each waiting for its insert; nobody works. Bulk inserts are part of the drain.</summary>
internal sealed class InsertCell : ICell
{
    private const int Clients = 8;

    /// <inheritdoc/>
    public string Name => "insert";

    /// <inheritdoc/>
    public async Task RunAsync(BenchRun run)
    {
        Contender[] contenders = [run.Field.Ours, run.Field.GraphileBest, run.Field.PgBossBest];
        for (var round = 1; round <= run.Size.Rounds; round++)
        {
            foreach (var contender in run.Chosen(contenders))
            {
                await using var scene = await Scene.SetUpAsync(run.Server, contender);
                await scene.Database.SettleAsync();
                var before = await run.Server.ReadAsync();
                var done = await scene.ProduceAsync(new Order { Kind = Order.Single, Clients = Clients, Seconds = run.Size.Inserting.TotalSeconds });
                var used = await run.Server.ReadAsync() - before;
                var found = new InsertFinding
                {
                    Contender = contender.Name,
                    Role = contender.Role,
                    Round = round,
                    PerSecond = done.Count * 1e6 / done.ElapsedMicros,
                    PgCpuUsPerJob = used.Cpu.TotalMicroseconds / done.Count,
                };
                run.Findings.Inserts.Add(found);
                BenchRun.Say($"insert {round}/{run.Size.Rounds} {contender.Name}: {found.PerSecond:N0}/s one by one");
            }
        }
    }
}
