using Npgsql;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Queue.Steering;

namespace PodEngine.Queue.Postgres.Steering;

/// <summary>Holds queues and asks workers to stop claiming; <c>claim.sql</c> keeps to both.</summary>
internal sealed class WorkerSteerer(PostgresStore store, QueueTimings timings)
{
    /// <summary>How many lanes changed.</summary>
    public async Task<int> HoldAsync(NpgsqlConnection connection, QueueKey queue, bool held, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(
            store.Sql.File("Postgres/Steering/hold.sql"),
            ("installation_id", queue.InstallationId),
            ("namespace", queue.Namespace),
            ("pool", queue.Pool),
            ("held", held));
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The living workers.</summary>
    public async Task<DrainReport> DrainAsync(
        NpgsqlConnection connection, QueueKey queue, int workers, bool idleOnly, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(
            store.Sql.File("Postgres/Steering/drain.sql"),
            ("installation_id", queue.InstallationId),
            ("namespace", queue.Namespace),
            ("pool", queue.Pool),
            ("workers", workers),
            ("idle_only", idleOnly),
            ("lease_length", timings.LeaseLength),
            ("now", store.Now));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var living = new List<SteeredWorker>();
        while (await reader.ReadAsync(cancellationToken))
        {
            living.Add(new SteeredWorker(reader.GetString(0), reader.GetString(1), reader.GetInt32(2), reader.GetBoolean(3), reader.GetBoolean(4)));
        }

        return new DrainReport(living);
    }
}
