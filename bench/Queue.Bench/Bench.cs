using System.Text.Json;
using PodEngine.Queue.Bench.Cells;
using PodEngine.Queue.Bench.Contenders;
using PodEngine.Queue.Bench.Databases;
using PodEngine.Queue.Bench.Reporting;

namespace PodEngine.Queue.Bench;

/// <summary>Runs the cells asked for, prints the tables and writes the file.</summary>
internal static class Bench
{
    private static readonly ICell[] Cells =
    [
        new DrainCell(), new InsertCell(), new PickupCell(), new BacklogCell(), new HeldSnapshotCell(), new IdleCell(), new HandBackCell(), new SaturatedKeyCell(), new RescueCell(),
    ];

    /// <summary>Returns the exit code: 1 when a job of ours was lost or done twice, or a stale write accepted.</summary>
    public static async Task<int> RunAsync(BenchOptions options)
    {
        var unknown = options.Cells.Except(Cells.Select(cell => cell.Name)).ToList();
        if (unknown.Count > 0)
        {
            throw new FormatException($"there is no cell {string.Join(", ", unknown)}; there are {string.Join(", ", Cells.Select(cell => cell.Name))}");
        }

        var machine = Machine.ThisOne();
        await using var server = await BenchServer.ConnectAsync(options.Postgres);
        var run = new BenchRun(server, new Field(options.Peers), options.Contenders, options.Size, new Findings());
        foreach (var cell in Cells.Where(cell => options.Cells.Count == 0 || options.Cells.Contains(cell.Name)))
        {
            await cell.RunAsync(run);
        }

        var versions = await Versions.ReadAsync(server, options.Peers);
        var result = BenchResult.Of(run.Findings, machine, versions, await server.SettingsAsync(), run.Field);
        ResultTable.Write(Console.Out, result);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(options.Output))!);
        await File.WriteAllTextAsync(options.Output, JsonSerializer.Serialize(result, ResultJson.Default.BenchResult) + "\n");
        BenchRun.Say($"written to {options.Output}");
        return run.Findings.Faults.Count == 0 ? 0 : 1;
    }
}
