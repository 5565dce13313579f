using Npgsql;
using PodEngine.Queue;
using PodEngine.Queue.Postgres.Connecting;

namespace PodEngine.Ledger.Postgres.Reading;

/// <summary>Reads all that is recorded for a job.</summary>
internal sealed class LedgerReader(SchemaSql sql)
{
    public async Task<JobLedgerEntries> ReadAsync(NpgsqlConnection connection, JobId job, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var batch = connection.CreateBatch();
        batch.Add($"{File(EntryReader.Purchases)} where job_id = @job", ("job", job.Value));
        batch.Add(File("Postgres/Reading/images.sql"), ("job", job.Value));
        batch.Add(File("Postgres/Reading/products.sql"), ("job", job.Value));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);

        var purchases = await RowsAsync(reader, row => EntryReader.Purchase(row, now), cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var images = await RowsAsync(reader, EntryReader.Image, cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var products = await RowsAsync(reader, EntryReader.Product, cancellationToken);
        return new JobLedgerEntries
        {
            Purchases = purchases.ToDictionary(purchase => purchase.Key),
            Images = images,
            Products = products,
        };
    }

    private string File(string file) => sql.File(typeof(LedgerReader).Assembly, file);

    private static async Task<IReadOnlyList<T>> RowsAsync<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
