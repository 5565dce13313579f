using System.Data;
using System.Diagnostics;
using Npgsql;

namespace PodEngine.Ledger.Postgres.Reading;

/// <summary>Reads rows of the ledger's tables.</summary>
internal static class EntryReader
{
    /// <summary>Selects purchases; a condition is put behind.</summary>
    public const string Purchases = "Postgres/Reading/purchases.sql";

    public static PurchaseRecord Purchase(NpgsqlDataReader row, DateTimeOffset now)
    {
        var state = row.GetString("state") == "settled" ? PurchaseState.Settled : PurchaseState.Begun;
        var settlesIn = row.GetFieldValue<DateTimeOffset>("settles_at") - now;
        return new PurchaseRecord
        {
            Key = new PurchaseKey(row.GetString("step"), row.GetString("item")),
            State = state,
            Request = row.GetString("request"),
            RemoteId = Text(row, "remote_id"),
            Result = Text(row, "result"),
            Repeats = row.GetInt32("repeats"),
            SettlesIn = state is PurchaseState.Begun && settlesIn > TimeSpan.Zero ? settlesIn : TimeSpan.Zero,
            Cost = new PurchaseCost(row.GetInt64("gpu_millis"), row.GetInt64("usd_micros")),
        };
    }

    public static ImageRecord Image(NpgsqlDataReader row) => new()
    {
        Index = row.GetInt32("index"),
        Title = row.GetString("title"),
        Description = row.GetString("description"),
        Tags = row.GetFieldValue<string[]>("tags"),
        Prompt = row.GetString("prompt"),
        Seed = row.GetInt64("seed"),
        Provenance = row.GetString("provenance"),
        Sha256 = Text(row, "sha256"),
        Bytes = row.IsDBNull("bytes") ? null : row.GetInt64("bytes"),
        MediaType = Text(row, "media_type"),
        FaultCode = Text(row, "fault_code"),
    };

    public static ProductRecord Product(NpgsqlDataReader row) => new()
    {
        ImageIndex = row.GetInt32("image_index"),
        ProductType = row.GetString("product_type"),
        Platform = row.GetString("platform"),
        ShopId = row.GetInt64("shop_id"),
        ExternalId = Text(row, "external_id"),
        Title = row.GetString("title"),
        PriceCents = row.GetInt32("price_cents"),
        State = State(row.GetString("state")),
        Url = Text(row, "url"),
        FaultCode = Text(row, "fault_code"),
        FaultMessage = Text(row, "fault_message"),
    };

    private static ProductState State(string name) => name switch
    {
        "draft" => ProductState.Draft,
        "publishing" => ProductState.Publishing,
        "published" => ProductState.Published,
        "failed" => ProductState.Failed,
        _ => throw new UnreachableException($"No such state: {name}."),
    };

    private static string? Text(NpgsqlDataReader row, string column) => row.IsDBNull(column) ? null : row.GetString(column);
}
