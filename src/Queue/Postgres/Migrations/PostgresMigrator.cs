using Npgsql;
using PodEngine.Queue.Postgres.Connecting;

namespace PodEngine.Queue.Postgres.Migrations;

/// <summary>
/// Brings a schema to what this binary knows: all in one transaction, under a lock that appliers at the same time wait for. Run by the operator's
/// leader, standalone, or <c>podengine migrate</c>; needs a role that may create tables.
/// </summary>
public static class PostgresMigrator
{
    /// <summary>Waiting for another applier, and changing large tables, take what they take.</summary>
    private const int Unlimited = 0;

    /// <summary>Applies what is missing and returns how many migrations that were; 0 when the schema was ready.</summary>
    /// <exception cref="QueueUnavailableException">
    /// PostgreSQL cannot be reached, the role may not create tables, or the schema is newer than this binary: then nothing was changed.
    /// </exception>
    public static Task<int> ApplyAsync(
        PostgresStore store, IReadOnlyList<MigrationComponent> components, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.TransactAsync((connection, token) => ApplyAsync(store.Sql, connection, components, token), cancellationToken);
    }

    private static async Task<int> ApplyAsync(
        SchemaSql sql, NpgsqlConnection connection, IReadOnlyList<MigrationComponent> components, CancellationToken cancellationToken)
    {
        await PrepareAsync(sql, connection, cancellationToken);
        var applied = await PostgresSchemaCheck.AppliedAsync(sql, connection, cancellationToken);
        if (PostgresSchemaCheck.Compare(sql.Schema, components, applied) is { State: SchemaState.SchemaNewer } newer)
        {
            throw new QueueUnavailableException(newer.Message);
        }

        var count = 0;
        foreach (var component in components)
        {
            foreach (var migration in component.Migrations.Where(migration => migration.Version > applied.Of(component.Name).Version))
            {
                await ApplyAsync(sql, connection, component, migration, cancellationToken);
                count++;
            }
        }

        return count;
    }

    private static async Task PrepareAsync(SchemaSql sql, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // The lock ends with the transaction, so it works through a transaction-mode pooler too.
        await using var hold = connection.Command("select pg_advisory_xact_lock(hashtextextended('podengine migrations ' || @schema, 0))", ("schema", sql.Schema));
        hold.CommandTimeout = Unlimited;
        await hold.ExecuteNonQueryAsync(cancellationToken);

        // "create schema if not exists" asks for the right to create schemas even where it exists; a role that owns just its schema lacks it.
        await using var exists = connection.Command("select to_regnamespace(@schema) is not null", ("schema", sql.QuotedSchema));
        if (await exists.ExecuteScalarAsync(cancellationToken) is not true)
        {
            await using var create = connection.Command($"create schema {sql.QuotedSchema}");
            await create.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var table = connection.Command(sql.File("Postgres/Migrations/schema_migrations.sql"));
        await table.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task ApplyAsync(
        SchemaSql sql, NpgsqlConnection connection, MigrationComponent component, Migration migration, CancellationToken cancellationToken)
    {
        await using var change = connection.Command(sql.Text(migration.Sql));
        change.CommandTimeout = Unlimited;
        await change.ExecuteNonQueryAsync(cancellationToken);

        const string Record = "insert into podengine.schema_migrations (component, version, name, min_reader) values (@component, @version, @name, @min_reader)";
        await using var record = connection.Command(
            sql.Text(Record),
            ("component", component.Name),
            ("version", migration.Version),
            ("name", migration.Name),
            ("min_reader", migration.MinReader));
        await record.ExecuteNonQueryAsync(cancellationToken);
    }
}
