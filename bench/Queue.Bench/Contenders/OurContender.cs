using System.Diagnostics;
using System.Text.Json;
using PodEngine.Queue.Bench.Databases;
using PodEngine.Queue.Bench.Roles;
using PodEngine.Queue.Postgres;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Queue.Postgres.Migrations;

namespace PodEngine.Queue.Bench.Contenders;

/// <summary>The queue of this repository, its mirror and its maintenance in a process of their own, as the operator has them.</summary>
internal sealed record OurContender : Contender
{
    /// <summary>How the processes take part; the address is filled in.</summary>
    public required RoleSettings Process { get; init; }

    public override async Task InstallAsync(BenchDatabase database)
    {
        await using var store = PostgresStore.Open(database.Url);
        await PostgresMigrator.ApplyAsync(store, [QueueMigrations.Component], CancellationToken.None);
    }

    public override ProcessStartInfo ProducerStart(BenchDatabase database) => Start(RoleName.Produce, database, Process);

    public override ProcessStartInfo WorkerStart(BenchDatabase database, bool timed) => Start(RoleName.Work, database, Process with { Timed = timed });

    public override ProcessStartInfo HostStart(BenchDatabase database) => Start(RoleName.Host, database, Process);

    /// <summary>A process that measures pickups and leaves the backlog alone.</summary>
    public ProcessStartInfo ProbeStart(BenchDatabase database) => Start(RoleName.Probe, database, Process);

    public override async Task<bool> IsDrainedAsync(BenchDatabase database)
    {
        await using var store = PostgresStore.Open(database.Url);
        await using var queue = new PostgresJobQueue(store);
        return await queue.MeasureAsync(BenchLane.Queue, CancellationToken.None) is { Waiting: 0, Scheduled: 0, Processing: 0 };
    }

    private static ProcessStartInfo Start(string role, BenchDatabase database, RoleSettings settings) =>
        new(Environment.ProcessPath!, [role, JsonSerializer.Serialize(settings with { Url = database.Url }, RoleJson.Default.RoleSettings)]);
}
