using Npgsql;
using PodEngine.Queue.Limits;
using PodEngine.Queue.Postgres.Connecting;

namespace PodEngine.Queue.Postgres.Limiting;

/// <summary>Lets one transaction at a time decide about a key.</summary>
internal static class LimitLock
{
    /// <summary>
    /// Adds the taking of the key's lock, which ends with the transaction, also behind a pooler. It is a statement of its own: what follows must see what
    /// the one before committed. Two names with one hash wait for each other and count apart.
    /// </summary>
    public static void AddLock(this NpgsqlBatch batch, PostgresStore store, LimitKey key) => batch.Add(
        "select pg_advisory_xact_lock(hashtextextended(@locked, 0))", ("locked", $"podengine limit {store.Schema} {key}"));
}
