using Npgsql;
using PodEngine.Queue;
using PodEngine.Queue.Postgres.Connecting;

namespace PodEngine.Ledger.Postgres.Logging;

/// <summary>The lines written for people.</summary>
internal sealed class JobLog(SchemaSql sql)
{
    public async Task<int> AppendAsync(NpgsqlConnection connection, JobId job, LogLine line, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(
            sql.Text("""
                insert into podengine.logs (job_id, time, level, worker, message)
                select j.id, @time, @level, @worker, @message from podengine.jobs j where j.id = @job
                """),
            ("job", job.Value),
            ("time", now),
            ("level", line.Level),
            ("worker", line.Worker),

            // PostgreSQL's text holds any character but U+0000.
            ("message", line.Message.Replace("\0", "", StringComparison.Ordinal)));
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Lines are numbered about in the order of their time, because both come from the database: the oldest numbers are looked at, and those old enough go.
    /// </summary>
    public async Task<int> ForgetAsync(NpgsqlConnection connection, DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(
            sql.Text("""
                delete from podengine.logs
                where time < @before and id = any (array(select l.id from podengine.logs l order by l.id limit @limit))
                """),
            ("before", before),
            ("limit", limit));
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<LogLine>> ReadAsync(NpgsqlConnection connection, JobId job, int limit, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(
            sql.Text("select time, level, worker, message from podengine.logs where job_id = @job order by id desc limit @limit"),
            ("job", job.Value),
            ("limit", limit));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var lines = new List<LogLine>();
        while (await reader.ReadAsync(cancellationToken))
        {
            lines.Add(new LogLine(reader.GetString(1), reader.GetString(2), reader.GetString(3)) { Time = reader.GetFieldValue<DateTimeOffset>(0) });
        }

        lines.Reverse();
        return lines;
    }
}
