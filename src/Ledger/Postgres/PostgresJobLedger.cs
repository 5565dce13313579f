using PodEngine.Ledger.Postgres.Logging;
using PodEngine.Ledger.Postgres.Making;
using PodEngine.Ledger.Postgres.Migrations;
using PodEngine.Ledger.Postgres.Purchasing;
using PodEngine.Ledger.Postgres.Reading;
using PodEngine.Queue;
using PodEngine.Queue.Postgres;
using PodEngine.Queue.Postgres.Connecting;

namespace PodEngine.Ledger.Postgres;

/// <summary>The ledger beside a queue in PostgreSQL, in the same schema: writes are one transaction with the check of the lease.</summary>
public sealed class PostgresJobLedger : IJobLedger
{
    private readonly PostgresFence _fence;
    private readonly LedgerReader _reader;
    private readonly PurchaseBook _purchases;
    private readonly MadeThings _made;
    private readonly JobLog _log;

    /// <param name="store">The database, the queue's own; it stays its owner's.</param>
    public PostgresJobLedger(PostgresStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        _fence = new PostgresFence(store, LedgerMigrations.Component);
        _reader = new LedgerReader(store.Sql);
        _purchases = new PurchaseBook(store.Sql);
        _made = new MadeThings(store.Sql);
        _log = new JobLog(store.Sql);
    }

    /// <inheritdoc/>
    public Task<JobLedgerEntries> ReadAsync(JobId job, CancellationToken cancellationToken) =>
        _fence.RunAsync((connection, now, token) => _reader.ReadAsync(connection, job, now, token), cancellationToken);

    /// <inheritdoc/>
    public Task<PurchaseBeginning> BeginPurchaseAsync(JobLease lease, PurchaseIntent intent, CancellationToken cancellationToken)
    {
        LedgerFaults.ThrowIfAny(intent);
        return _fence.WriteAsync(lease, (connection, now, token) => _purchases.BeginAsync(connection, lease, intent, now, token), cancellationToken);
    }

    /// <inheritdoc/>
    public Task RepeatPurchaseAsync(JobLease lease, PurchaseIntent intent, CancellationToken cancellationToken)
    {
        LedgerFaults.ThrowIfAny(intent);
        return _fence.WriteAsync(lease, (connection, now, token) => _purchases.RepeatAsync(connection, lease, intent, now, token), cancellationToken);
    }

    /// <inheritdoc/>
    public Task AttachRemoteAsync(JobLease lease, PurchaseKey key, string remoteId, CancellationToken cancellationToken) =>
        _fence.WriteAsync(lease, (connection, _, token) => _purchases.AttachAsync(connection, lease, key, remoteId, token), cancellationToken);

    /// <inheritdoc/>
    public Task SettlePurchaseAsync(JobLease lease, PurchaseKey key, string result, PurchaseCost cost, CancellationToken cancellationToken) =>
        _fence.WriteAsync(lease, (connection, now, token) => _purchases.SettleAsync(connection, lease, key, result, cost, now, token), cancellationToken);

    /// <inheritdoc/>
    public Task WithdrawPurchaseAsync(JobLease lease, PurchaseKey key, CancellationToken cancellationToken) =>
        _fence.WriteAsync(lease, (connection, now, token) => _purchases.WithdrawAsync(connection, lease, key, now, token), cancellationToken);

    /// <inheritdoc/>
    public Task SaveImageAsync(JobLease lease, ImageRecord image, CancellationToken cancellationToken)
    {
        LedgerFaults.ThrowIfAny(image);
        return _fence.WriteAsync(lease, (connection, now, token) => _made.SaveAsync(connection, lease, image, now, token), cancellationToken);
    }

    /// <inheritdoc/>
    public Task SaveProductAsync(JobLease lease, ProductRecord product, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(product);
        return _fence.WriteAsync(lease, (connection, now, token) => _made.SaveAsync(connection, lease, product, now, token), cancellationToken);
    }

    /// <inheritdoc/>
    public Task AppendLogAsync(JobId job, LogLine line, CancellationToken cancellationToken)
    {
        LedgerFaults.ThrowIfAny(line);
        return _fence.RunAsync((connection, now, token) => _log.AppendAsync(connection, job, line, now, token), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<int> ForgetLogsAsync(TimeSpan age, int limit, CancellationToken cancellationToken) =>
        _fence.RunAsync((connection, now, token) => _log.ForgetAsync(connection, now - age, limit, token), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LogLine>> ReadLogAsync(JobId job, int limit, CancellationToken cancellationToken) =>
        _fence.RunAsync((connection, _, token) => _log.ReadAsync(connection, job, limit, token), cancellationToken);
}
