using System.Collections.Concurrent;
using PodEngine.Kit.Postgres;
using PodEngine.Ledger.Postgres.Migrations;
using PodEngine.Queue.Postgres;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Queue.Postgres.Migrations;

namespace PodEngine.Worker.Tests.Crashes;

/// <summary>All crashes beside each other, a few processes at a time. The tests look at the results one by one.</summary>
public sealed class CrashRuns : IAsyncLifetime
{
    private const int ProcessesAtATime = 4;
    private readonly ConcurrentDictionary<string, Task<CrashedJob>> _runs = new();
    private readonly SemaphoreSlim _slots = new(ProcessesAtATime);
    private readonly CancellationTokenSource _stop = new();
    private Task _maintenance = Task.CompletedTask;

    /// <summary>Where the jobs are.</summary>
    internal PostgresSchema Schema { get; private set; } = null!;

    internal PostgresStore Store { get; private set; } = null!;

    internal PostgresJobQueue Queue { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Schema = await PostgresSchema.CreateAsync();
        Store = PostgresStore.Open(Schema.Uri);
        await PostgresMigrator.ApplyAsync(Store, LedgerMigrations.All, TestContext.Current.CancellationToken);
        Queue = new PostgresJobQueue(Store, CrashedJob.Timings);
        // The runs outlive the context of this method, which is gone when the first test begins.
        using var detached = ExecutionContext.SuppressFlow();
        _maintenance = Task.Run(MaintainAsync, CancellationToken.None);
        foreach (var point in CrashTests.Points)
        {
            _runs[point] = Task.Run(() => CrashedJob.RunAsync(point, this), CancellationToken.None);
        }
    }

    internal Task<CrashedJob> ResultAsync(string point) => _runs[point];

    /// <summary>Runs what starts a process, when few enough others run.</summary>
    internal async Task InTurnAsync(Func<Task> run)
    {
        await _slots.WaitAsync();
        try
        {
            await run();
        }
        finally
        {
            _slots.Release();
        }
    }

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

        await _stop.CancelAsync();
        await _maintenance;
        await Queue.DisposeAsync();
        await Store.DisposeAsync();
        await Schema.DisposeAsync();
        _slots.Dispose();
        _stop.Dispose();
    }

    // The leader's duty; one for all runs, in touch with PostgreSQL from the start.
    private async Task MaintainAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await Queue.MaintainAsync(_stop.Token);
                await timer.WaitForNextTickAsync(_stop.Token);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
        }
    }
}
