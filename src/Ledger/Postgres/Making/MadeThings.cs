using System.Diagnostics;
using Npgsql;
using PodEngine.Queue;
using PodEngine.Queue.Postgres.Connecting;

namespace PodEngine.Ledger.Postgres.Making;

/// <summary>Stores pictures and products, within a transaction that holds the lease.</summary>
internal sealed class MadeThings(SchemaSql sql)
{
    public Task<int> SaveAsync(
        NpgsqlConnection connection, JobLease lease, ImageRecord image, DateTimeOffset now, CancellationToken cancellationToken) => ExecuteAsync(
        connection,
        "save_image.sql",
        cancellationToken,
        ("job", lease.Job.Value),
        ("token", lease.Token),
        ("now", now),
        ("index", image.Index),
        ("title", image.Title),
        ("description", image.Description),
        ("tags", image.Tags.ToArray()),
        ("prompt", image.Prompt),
        ("seed", image.Seed),
        ("provenance", image.Provenance),
        ("sha256", image.Sha256),
        ("bytes", image.Bytes),
        ("media_type", image.MediaType),
        ("fault_code", image.FaultCode));

    public Task<int> SaveAsync(
        NpgsqlConnection connection, JobLease lease, ProductRecord product, DateTimeOffset now, CancellationToken cancellationToken) => ExecuteAsync(
        connection,
        "save_product.sql",
        cancellationToken,
        ("job", lease.Job.Value),
        ("token", lease.Token),
        ("now", now),
        ("image_index", product.ImageIndex),
        ("product_type", product.ProductType),
        ("platform", product.Platform),
        ("shop_id", product.ShopId),
        ("external_id", product.ExternalId),
        ("title", product.Title),
        ("price_cents", product.PriceCents),
        ("state", Name(product.State)),
        ("url", product.Url),
        ("fault_code", product.FaultCode),
        ("fault_message", product.FaultMessage));

    private async Task<int> ExecuteAsync(
        NpgsqlConnection connection, string file, CancellationToken cancellationToken, params (string, object?)[] parameters)
    {
        await using var command = connection.Command(sql.File(typeof(MadeThings).Assembly, $"Postgres/Making/{file}"), parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string Name(ProductState state) => state switch
    {
        ProductState.Draft => "draft",
        ProductState.Publishing => "publishing",
        ProductState.Published => "published",
        ProductState.Failed => "failed",
        _ => throw new UnreachableException($"No such state: {state}."),
    };
}
