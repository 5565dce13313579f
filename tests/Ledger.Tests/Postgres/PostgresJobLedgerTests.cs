using PodEngine.Kit.Postgres;
using PodEngine.Ledger.Postgres;
using PodEngine.Ledger.Postgres.Migrations;
using PodEngine.Ledger.Tests.Behaviour;
using PodEngine.Queue;
using PodEngine.Queue.Postgres;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Queue.Postgres.Migrations;

namespace PodEngine.Ledger.Tests.Postgres;

public sealed class PostgresJobLedgerTests : JobLedgerSuite
{
    private PostgresSchema _schema = null!;
    private PostgresStore _store = null!;
    private PostgresJobQueue _queue = null!;

    protected override async Task<(IJobQueue Queue, IJobLedger Ledger)> OpenAsync()
    {
        _schema = await PostgresSchema.CreateAsync();
        _store = PostgresStore.Open(_schema.Uri, PostgresStore.ListenOff, Clock);
        await PostgresMigrator.ApplyAsync(_store, LedgerMigrations.All, Cancelled);
        _queue = new PostgresJobQueue(_store, Timings);
        return (_queue, new PostgresJobLedger(_store));
    }

    protected override async ValueTask CloseAsync()
    {
        await _queue.DisposeAsync();
        await _store.DisposeAsync();
        await _schema.DisposeAsync();
    }
}
