using PodEngine.Queue.Postgres.Connecting;

namespace PodEngine.Queue.Postgres.Migrations;

/// <summary>
/// Keeps a store from tables it does not understand: looks at the schema before the first use and from then on now and again, because a newer binary
/// may migrate while this one runs.
/// </summary>
internal sealed class SchemaGate(PostgresStore store, MigrationComponent component)
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(30);

    private readonly TimeProvider _time = TimeProvider.System;
    private long? _readySince;

    /// <exception cref="QueueUnavailableException">The schema is not the one this binary works on.</exception>
    public async Task PassAsync(CancellationToken cancellationToken)
    {
        if (_readySince is { } since && _time.GetElapsedTime(since) < LookAgainAfter)
        {
            return;
        }

        var report = await PostgresSchemaCheck.CheckAsync(store, [component], cancellationToken);
        _readySince = report.State is SchemaState.Ready ? _time.GetTimestamp() : throw new QueueUnavailableException(report.Message);
    }
}
