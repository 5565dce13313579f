using Npgsql;
using NpgsqlTypes;

namespace PodEngine.Queue.Postgres.Connecting;

/// <summary>Short ways to a command with named parameters.</summary>
public static class PostgresCommands
{
    /// <summary>A command on this connection. A value may be null (pass <see cref="DBNull"/> or null), an array, or any type Npgsql maps.</summary>
    public static NpgsqlCommand Command(this NpgsqlConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.Add(Parameter(name, value));
        }

        return command;
    }

    /// <summary>Adds a statement to a batch, with named parameters.</summary>
    public static void Add(this NpgsqlBatch batch, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var command = new NpgsqlBatchCommand(sql);
        foreach (var (name, value) in parameters)
        {
            command.Parameters.Add(Parameter(name, value));
        }

        batch.BatchCommands.Add(command);
    }

    private static NpgsqlParameter Parameter(string name, object? value) => value switch
    {
        // Npgsql takes only UTC, and its type is told so that a null one is still a timestamp.
        DateTimeOffset time => new NpgsqlParameter(name, NpgsqlDbType.TimestampTz) { Value = time.ToUniversalTime() },
        DateTime?[] times => new NpgsqlParameter(name, NpgsqlDbType.Array | NpgsqlDbType.TimestampTz) { Value = times },
        JsonText json => new NpgsqlParameter(name, NpgsqlDbType.Jsonb) { Value = json.Text },
        NoTime => new NpgsqlParameter(name, NpgsqlDbType.TimestampTz) { Value = DBNull.Value },
        null => new NpgsqlParameter(name, DBNull.Value),
        _ => new NpgsqlParameter(name, value),
    };

    /// <summary>JSON text as a parameter.</summary>
    internal readonly record struct JsonText(string Text);

    /// <summary>A missing timestamp.</summary>
    internal readonly record struct NoTime;
}
