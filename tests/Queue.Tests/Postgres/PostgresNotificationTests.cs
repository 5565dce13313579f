using System.Diagnostics;
using PodEngine.Kit;
using PodEngine.Kit.Postgres;
using PodEngine.Queue.Postgres;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Queue.Postgres.Migrations;

namespace PodEngine.Queue.Tests.Postgres;

/// <summary>Two processes, played by two stores with connections of their own.</summary>
public sealed class PostgresNotificationTests : IAsyncLifetime
{
    private static readonly QueueKey Lane = new(Guid.NewGuid(), "default", "default");

    private PostgresSchema _schema = null!;
    private PostgresStore _producer = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _schema = await PostgresSchema.CreateAsync();
        _producer = PostgresStore.Open(_schema.Uri, PostgresStore.ListenOff);
        await PostgresMigrator.ApplyAsync(_producer, [QueueMigrations.Component], Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        await _producer.DisposeAsync();
        await _schema.DisposeAsync();
    }

    [Fact]
    public async Task Work_of_another_process_wakes_a_listening_one()
    {
        await using var store = PostgresStore.Open(_schema.Uri);
        await using var listening = new PostgresJobQueue(store);
        await using var producing = new PostgresJobQueue(_producer);
        await StartListeningAsync(listening);
        var work = listening.WaitForWorkAsync(Lane, TimeSpan.FromMinutes(1), Cancelled);
        var changes = listening.WaitForChangesAsync(TimeSpan.FromMinutes(1), Cancelled);

        await producing.UpsertAsync([Request()], Cancelled);

        await Task.WhenAll(work, changes).WaitAsync(TimeSpan.FromSeconds(5), Cancelled);
    }

    [Fact]
    public async Task Without_notifications_waiting_ends_by_itself_so_that_the_waiter_looks_again()
    {
        await using var store = PostgresStore.Open(_schema.Uri, PostgresStore.ListenOff);
        await using var polling = new PostgresJobQueue(store);

        await polling.WaitForWorkAsync(Lane, TimeSpan.FromMinutes(1), Cancelled).WaitAsync(TimeSpan.FromSeconds(5), Cancelled);

        Assert.False(polling.IsListening);
    }

    [Fact]
    public async Task A_listening_connection_that_is_cut_comes_back()
    {
        await using var proxy = _schema.Server.CreateProxy();
        await using var store = PostgresStore.Open(_schema.Uri, _schema.UriVia(proxy));
        await using var listening = new PostgresJobQueue(store);
        await StartListeningAsync(listening);

        proxy.CutAll();

        await Eventually.Holds(() => !listening.IsListening, because: "the cut is noticed");
        await Eventually.Holds(() => listening.IsListening, because: "the listening connection is live again");
    }

    [Fact]
    public async Task Schemas_beside_each_other_do_not_wake_one_another()
    {
        await using var other = await PostgresSchema.CreateAsync();
        await using var otherStore = PostgresStore.Open(other.Uri, PostgresStore.ListenOff);
        await PostgresMigrator.ApplyAsync(otherStore, [QueueMigrations.Component], Cancelled);
        await using var store = PostgresStore.Open(_schema.Uri);
        await using var listening = new PostgresJobQueue(store);
        await StartListeningAsync(listening);
        var watch = Stopwatch.StartNew();
        var work = listening.WaitForWorkAsync(Lane, TimeSpan.FromMilliseconds(300), Cancelled);

        await using (var producing = new PostgresJobQueue(otherStore))
        {
            await producing.UpsertAsync([Request()], Cancelled);
        }

        await work;
        Assert.True(watch.Elapsed > TimeSpan.FromMilliseconds(250));
    }

    private static async Task StartListeningAsync(PostgresJobQueue queue)
    {
        await queue.WaitForWorkAsync(Lane, TimeSpan.Zero, Cancelled);
        await Eventually.Holds(() => queue.IsListening, because: "the listening connection is live");

        // Going live wakes everybody; what is remembered of that is taken first.
        await queue.WaitForWorkAsync(Lane, TimeSpan.Zero, Cancelled);
        await queue.WaitForChangesAsync(TimeSpan.Zero, Cancelled);
    }

    private static JobRequest Request() => new() { Id = JobId.New(), Queue = Lane, Name = "job", Arguments = "{}" };
}
