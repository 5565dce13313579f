using Npgsql;
using PodEngine.Ledger.Postgres.Reading;
using PodEngine.Queue;
using PodEngine.Queue.Postgres.Connecting;

namespace PodEngine.Ledger.Postgres.Purchasing;

/// <summary>Writes purchases, within a transaction that holds the lease.</summary>
internal sealed class PurchaseBook(SchemaSql sql)
{
    private const string OfPurchase = "where job_id = @job and step = @step and item = @item";

    public async Task<PurchaseBeginning> BeginAsync(
        NpgsqlConnection connection, JobLease lease, PurchaseIntent intent, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var begun = await ExecuteAsync(connection, "begin.sql", lease, intent.Key, cancellationToken, [.. Intent(intent, now)]);
        return new PurchaseBeginning(begun == 1, await FindAsync(connection, lease, intent.Key, now, cancellationToken) ?? throw LedgerFaults.NotBegun(intent.Key));
    }

    public async Task<int> RepeatAsync(
        NpgsqlConnection connection, JobLease lease, PurchaseIntent intent, DateTimeOffset now, CancellationToken cancellationToken) =>
        await ExecuteAsync(connection, "repeat.sql", lease, intent.Key, cancellationToken, [.. Intent(intent, now)]) is var rows and > 0
            ? rows
            : throw LedgerFaults.NotBegun(intent.Key);

    public async Task<int> AttachAsync(
        NpgsqlConnection connection, JobLease lease, PurchaseKey key, string remoteId, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(
            sql.Text($"update podengine.purchases set remote_id = @remote_id, token = @token {OfPurchase} and state = 'begun'"),
            [.. Purchase(lease, key), ("remote_id", remoteId)]);
        return await command.ExecuteNonQueryAsync(cancellationToken) is var rows and > 0 ? rows : throw LedgerFaults.NotBegun(key);
    }

    public async Task<int> SettleAsync(
        NpgsqlConnection connection, JobLease lease, PurchaseKey key, string result, PurchaseCost cost, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var settled = await ExecuteAsync(
            connection,
            "settle.sql",
            lease,
            key,
            cancellationToken,
            ("result", result),
            ("gpu_millis", cost.GpuMillis),
            ("usd_micros", cost.UsdMicros),
            ("now", now));
        return settled > 0 || await FindAsync(connection, lease, key, now, cancellationToken) is { State: PurchaseState.Settled }
            ? settled
            : throw LedgerFaults.NotBegun(key);
    }

    public async Task<int> WithdrawAsync(
        NpgsqlConnection connection, JobLease lease, PurchaseKey key, DateTimeOffset now, CancellationToken cancellationToken) =>
        await FindAsync(connection, lease, key, now, cancellationToken) is { State: PurchaseState.Settled }
            ? throw LedgerFaults.NotBegun(key)
            : await ExecuteAsync(connection, "withdraw.sql", lease, key, cancellationToken);

    private async Task<PurchaseRecord?> FindAsync(
        NpgsqlConnection connection, JobLease lease, PurchaseKey key, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(
            $"{sql.File(typeof(PurchaseBook).Assembly, EntryReader.Purchases)} {OfPurchase}", [.. Purchase(lease, key)]);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? EntryReader.Purchase(reader, now) : null;
    }

    private async Task<int> ExecuteAsync(
        NpgsqlConnection connection, string file, JobLease lease, PurchaseKey key, CancellationToken cancellationToken, params (string, object?)[] parameters)
    {
        await using var command = connection.Command(
            sql.File(typeof(PurchaseBook).Assembly, $"Postgres/Purchasing/{file}"), [.. Purchase(lease, key), .. parameters]);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static IEnumerable<(string, object?)> Purchase(JobLease lease, PurchaseKey key) =>
        [("job", lease.Job.Value), ("token", lease.Token), ("step", key.Step), ("item", key.Item)];

    private static IEnumerable<(string, object?)> Intent(PurchaseIntent intent, DateTimeOffset now) =>
        [("request", intent.Request), ("settles", intent.Settles), ("now", now)];
}
