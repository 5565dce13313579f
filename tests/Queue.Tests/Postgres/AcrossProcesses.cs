using PodEngine.Queue.Limits;
using PodEngine.Queue.Postgres.Connecting;

namespace PodEngine.Queue.Tests.Postgres;

/// <summary>
/// Several processes on one database, each with a store, connections and a stock of permits of its own. They share nothing but PostgreSQL and, where the
/// clock is the test's, the time.
/// </summary>
public abstract class AcrossProcesses(MigratedStore migrated) : IAsyncLifetime
{
    private readonly List<LimitProcess> _processes = [];

    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>The test's own, so that what others left does not count.</summary>
    protected Guid Installation { get; } = Guid.NewGuid();

    protected QueueKey Lane => new(Installation, "default", "default");

    protected MigratedStore Migrated => migrated;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    protected LimitKey Key(string name) => new(Installation, name);

    /// <param name="clock">The database's own when null.</param>
    /// <param name="uri">Another way to the database.</param>
    private protected LimitProcess Process(TimeProvider? clock, string? uri = null)
    {
        var process = new LimitProcess(PostgresStore.Open(uri ?? migrated.Schema.Uri, PostgresStore.ListenOff, clock), _processes.Count + 1);
        _processes.Add(process);
        return process;
    }

    private protected IReadOnlyList<LimitProcess> Processes(int count, TimeProvider? clock, string? uri = null) =>
        [.. Enumerable.Range(0, count).Select(_ => Process(clock, uri))];

    protected async Task<long> CountAsync(string from) => (await migrated.ReadAsync($"select count(*) from {from}", row => row.GetInt64(0)))[0];

    /// <summary>The sizes of a key's blocks in the order of their grant.</summary>
    protected Task<IReadOnlyList<int>> BlocksAsync(string key) => migrated.ReadAsync(
        $"select permits from podengine.limit_grants where installation_id = '{Installation}' and limit_key = '{key}' order by granted_at", row => row.GetInt32(0));
}
