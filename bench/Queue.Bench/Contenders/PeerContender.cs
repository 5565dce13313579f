using System.Diagnostics;
using System.Text.Json;
using PodEngine.Queue.Bench.Databases;

namespace PodEngine.Queue.Bench.Contenders;

/// <summary>A queue of others, run by Node.</summary>
internal sealed record PeerContender : Contender
{
    /// <summary>The folder with our scripts and, in <c>node_modules</c>, the peers.</summary>
    public required string Folder { get; init; }

    /// <summary>The package, and our script for it.</summary>
    public required string Package { get; init; }

    /// <summary>Its settings; address and timing are filled in.</summary>
    public required PeerSettings Process { get; init; }

    /// <summary>Answers true when no job is unfinished.</summary>
    public required string DrainedSql { get; init; }

    public override async Task InstallAsync(BenchDatabase database)
    {
        await using var installing = BenchProcess.Begin(Start("install", database, timed: false));
        await installing.HearAsync(Roles.Answer.Done);
        await installing.ExitedAsync();
    }

    public override ProcessStartInfo ProducerStart(BenchDatabase database) => Start("produce", database, timed: false);

    public override ProcessStartInfo WorkerStart(BenchDatabase database, bool timed) => Start("work", database, timed);

    public override async Task<bool> IsDrainedAsync(BenchDatabase database) => await database.ScalarAsync(DrainedSql) is true;

    private ProcessStartInfo Start(string role, BenchDatabase database, bool timed)
    {
        var settings = JsonSerializer.Serialize(Process with { Url = database.Url, Timed = timed }, PeerJson.Default.PeerSettings);
        return new ProcessStartInfo(NodeProgram.In(Folder), [Path.Combine(Folder, "child.mjs"), Package, role, settings]) { WorkingDirectory = Folder };
    }
}
