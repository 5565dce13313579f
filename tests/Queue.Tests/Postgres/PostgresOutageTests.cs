using PodEngine.Kit;
using PodEngine.Kit.Postgres;
using PodEngine.Queue.Postgres;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Queue.Postgres.Migrations;

namespace PodEngine.Queue.Tests.Postgres;

/// <summary>Connections to PostgreSQL break, on the database's own clock.</summary>
public sealed class PostgresOutageTests
{
    private static readonly QueueKey Lane = new(Guid.NewGuid(), "default", "default");
    private static readonly QueueTimings Short = new() { LeaseLength = TimeSpan.FromSeconds(1), HeartbeatInterval = TimeSpan.FromMilliseconds(200) };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rescuer_that_was_cut_off_waits_before_it_takes_silence_for_death()
    {
        await using var schema = await PostgresSchema.CreateAsync();
        await using var proxy = schema.Server.CreateProxy();
        await using var direct = PostgresStore.Open(schema.Uri, PostgresStore.ListenOff);
        await using var viaProxy = PostgresStore.Open(schema.UriVia(proxy), PostgresStore.ListenOff);
        await PostgresMigrator.ApplyAsync(direct, [QueueMigrations.Component], Cancelled);
        await using var worker = new PostgresJobQueue(direct, Short);
        await using var leader = new PostgresJobQueue(viaProxy, Short);
        await worker.UpsertAsync([Request(JobId.New())], Cancelled);
        await BeatAsync(worker);
        Assert.Single(await worker.ClaimAsync(Lane, "worker", 1, Cancelled));
        await leader.MaintainAsync(Cancelled);

        // The connection breaks just when the lease has run out: the leader cannot know whether the worker's broke with it.
        await Eventually.Holds(async () => (await worker.MeasureAsync(Lane, Cancelled)).Workers == 0, because: "the lease has run out");
        proxy.CutAll();

        Assert.Equal(0, await leader.MaintainAsync(Cancelled));
        await Eventually.Holds(async () => await leader.MaintainAsync(Cancelled) == 1, because: "the silent worker's job is rescued after another lease length");
    }

    [Fact]
    public async Task A_database_that_cannot_be_reached_is_said_to_be_unavailable()
    {
        await using var store = PostgresStore.Open("postgresql://user:hunter2@127.0.0.1:1/pod", PostgresStore.ListenOff);
        await using var queue = new PostgresJobQueue(store);

        var fault = await Assert.ThrowsAsync<QueueUnavailableException>(() => queue.FindAsync(JobId.New(), Cancelled));

        Assert.Contains("127.0.0.1", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_that_comes_too_late_is_an_outage_only_where_the_connection_is_dead(bool dead)
    {
        await using var schema = await PostgresSchema.CreateAsync();
        await using var proxy = schema.Server.CreateProxy();
        await using var store = PostgresStore.Open(schema.UriVia(proxy), PostgresStore.ListenOff);
        await using var holder = await schema.OpenAsync();
        await using var held = await holder.BeginTransactionAsync(Cancelled);
        await using var holding = holder.Command($"create table {schema.Name}.held ()");
        await holding.ExecuteNonQueryAsync(Cancelled);
        var tries = 0;

        await Assert.ThrowsAsync<QueueUnavailableException>(() => store.ExecuteAsync(
            async (connection, cancellationToken) =>
            {
                tries++;
                if (dead)
                {
                    proxy.Stall();
                }

                await using var command = connection.Command($"create table {schema.Name}.held ()");
                command.CommandTimeout = 1;
                return await command.ExecuteNonQueryAsync(cancellationToken);
            },
            Cancelled));

        Assert.Equal((1, dead ? 1L : 0L), (tries, store.Outages));
    }

    private static Task<HeartbeatReply> BeatAsync(PostgresJobQueue queue, params JobLease[] held) => queue.HeartbeatAsync(
        new WorkerHeartbeat { WorkerId = "worker", Queue = Lane, Host = "host", Concurrency = 1, Held = held }, Cancelled);

    private static JobRequest Request(JobId id) => new() { Id = id, Queue = Lane, Name = "job", Arguments = "{}" };
}
