using Npgsql;
using PodEngine.Queue.Postgres.Connecting;

namespace PodEngine.Queue.Postgres.Migrations;

/// <summary>Tells whether a schema can be used, for roles that may not change it: workers and the API wait unready until it is ready.</summary>
public static class PostgresSchemaCheck
{
    /// <summary>Compares what is applied with what this binary knows.</summary>
    /// <exception cref="QueueUnavailableException">PostgreSQL cannot be reached.</exception>
    public static async Task<SchemaReport> CheckAsync(
        PostgresStore store, IReadOnlyList<MigrationComponent> components, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        var applied = await store.TransactAsync((connection, token) => AppliedAsync(store.Sql, connection, token), cancellationToken);
        return Compare(store.Schema, components, applied);
    }

    internal static SchemaReport Compare(string schema, IReadOnlyList<MigrationComponent> components, AppliedMigrations applied)
    {
        foreach (var component in components)
        {
            var (version, minReader) = applied.Of(component.Name);
            if (minReader > component.Version)
            {
                return new SchemaReport(
                    SchemaState.SchemaNewer,
                    $"SchemaNewer: {component.Name} in schema {schema} needs a binary that knows version {minReader}, this one knows {component.Version}. Upgrade this binary.");
            }

            if (version < component.Version)
            {
                return new SchemaReport(
                    SchemaState.Behind,
                    $"{component.Name} in schema {schema} is at version {version}, this binary needs {component.Version}. Run 'podengine migrate' or start the operator.");
            }
        }

        return new SchemaReport(SchemaState.Ready, $"Schema {schema} is ready.");
    }

    internal static async Task<AppliedMigrations> AppliedAsync(SchemaSql sql, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var exists = connection.Command("select to_regclass(@table) is not null", ("table", $"{sql.QuotedSchema}.schema_migrations"));
        if (await exists.ExecuteScalarAsync(cancellationToken) is not true)
        {
            return new AppliedMigrations([]);
        }

        await using var command = connection.Command(
            sql.Text("select component, max(version), max(min_reader) from podengine.schema_migrations group by component"));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var versions = new Dictionary<string, (int Version, int MinReader)>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            versions[reader.GetString(0)] = (reader.GetInt32(1), reader.GetInt32(2));
        }

        return new AppliedMigrations(versions);
    }
}

/// <summary>What <c>schema_migrations</c> says, by component.</summary>
internal sealed record AppliedMigrations(Dictionary<string, (int Version, int MinReader)> Versions)
{
    public (int Version, int MinReader) Of(string component) => Versions.GetValueOrDefault(component);
}
