using System.Collections.Concurrent;
using PodEngine.Kit.Postgres;
using PodEngine.Ledger.Postgres.Migrations;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Queue.Postgres.Migrations;

namespace PodEngine.Worker.Tests.Crashes;

/// <summary>All crashes at once, a few at a time: most of a run is waiting for leases and deadlines. The tests look at the results one by one.</summary>
public sealed class CrashRuns : IAsyncLifetime
{
    private const int AtATime = 5;
    private readonly ConcurrentDictionary<string, Task<CrashedJob>> _runs = new();
    private readonly SemaphoreSlim _slots = new(AtATime);
    private PostgresSchema _schema = null!;
    private PostgresStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        _schema = await PostgresSchema.CreateAsync();
        _store = PostgresStore.Open(_schema.Uri);
        await PostgresMigrator.ApplyAsync(_store, LedgerMigrations.All, TestContext.Current.CancellationToken);
        // The runs outlive the context of this method, which is gone when the first test begins.
        using var detached = ExecutionContext.SuppressFlow();
        foreach (var point in CrashTests.Points)
        {
            _runs[point] = Task.Run(() => RunAsync(point), CancellationToken.None);
        }
    }

    internal Task<CrashedJob> ResultAsync(string point) => _runs[point];

    public async ValueTask DisposeAsync()
    {
        foreach (var run in _runs.Values)
        {
            await run.ContinueWith(_ => { }, TaskScheduler.Default);
            if (run.IsCompletedSuccessfully)
            {
                await (await run).DisposeAsync();
            }
        }

        await _store.DisposeAsync();
        await _schema.DisposeAsync();
        _slots.Dispose();
    }

    private async Task<CrashedJob> RunAsync(string point)
    {
        await _slots.WaitAsync();
        try
        {
            return await CrashedJob.RunAsync(point, _store, _schema.Uri);
        }
        finally
        {
            _slots.Release();
        }
    }
}
