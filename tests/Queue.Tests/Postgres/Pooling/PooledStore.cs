using PodEngine.Kit.Postgres;

namespace PodEngine.Queue.Tests.Postgres.Pooling;

/// <summary>The same by way of a transaction-mode pooler, from the migrations on.</summary>
public sealed class PooledStore : MigratedStore
{
    public PgBouncer Pooler { get; private set; } = null!;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Pooler.DisposeAsync();
    }

    protected override async Task<string> RouteAsync(PostgresSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        Pooler = await PgBouncer.StartAsync(schema.Server);
        return Pooler.Via(schema.Uri);
    }
}
