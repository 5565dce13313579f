using Npgsql;
using PodEngine.Queue.Lifecycle;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Queue.Postgres.Standing;

namespace PodEngine.Queue.Postgres.Leasing;

/// <summary>Workers come, say that they live, and leave.</summary>
internal sealed class WorkerRegistry(PostgresStore store, StoredJobs jobs, QueueTimings timings)
{
    public async Task<JobsChanged<HeartbeatReply>> HeartbeatAsync(
        NpgsqlConnection connection, WorkerHeartbeat heartbeat, int lane, CancellationToken cancellationToken)
    {
        var (drain, now) = await RenewAsync(connection, heartbeat, lane, cancellationToken);
        var held = await HeldAsync(connection, heartbeat.WorkerId, cancellationToken);
        var comparison = LeaseComparison.Compare(heartbeat.Held, held, now, timings.LeaseLength, drain);
        if (comparison.Forgotten.Count == 0)
        {
            return new JobsChanged<HeartbeatReply>(comparison.Reply, []);
        }

        // What somebody is changing is left for the next heartbeat.
        var free = await jobs.LockFreeAsync(connection, comparison.Forgotten.Select(lease => lease.Job), cancellationToken);
        return new JobsChanged<HeartbeatReply>(comparison.Reply, await HandBackAsync(connection, free, comparison.Forgotten, now, cancellationToken));
    }

    public async Task<IReadOnlyList<WorkerRecord>> ListAsync(NpgsqlConnection connection, Guid installationId, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(
            store.Sql.File("Postgres/Leasing/list_workers.sql"),
            ("installation_id", installationId),
            ("lease_length", timings.LeaseLength),
            ("now", store.Now));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var workers = new List<WorkerRecord>();
        while (await reader.ReadAsync(cancellationToken))
        {
            workers.Add(new WorkerRecord
            {
                Id = reader.GetString(0),
                Queue = new QueueKey(installationId, reader.GetString(1), reader.GetString(2)),
                Host = reader.GetString(3),
                Concurrency = reader.GetInt32(4),
                Draining = reader.GetBoolean(5),
                StartedAt = reader.GetFieldValue<DateTimeOffset>(6),
                LastSeen = reader.GetFieldValue<DateTimeOffset>(7),
                IsAlive = reader.GetBoolean(8),
                JobsCompleted = reader.GetInt64(9),
                AttemptsFailed = reader.GetInt64(10),
                Jobs = [.. reader.GetFieldValue<Guid[]>(11).Select(id => new JobId(id))],
            });
        }

        return workers;
    }

    public async Task<JobsChanged<int>> DeregisterAsync(NpgsqlConnection connection, string workerId, CancellationToken cancellationToken)
    {
        await using var remove = connection.Command(store.Sql.Text("delete from podengine.workers where id = @worker_id"), ("worker_id", workerId));
        var removed = await remove.ExecuteNonQueryAsync(cancellationToken);
        var held = (await HeldAsync(connection, workerId, cancellationToken)).Select(lease => lease.Lease).ToList();

        // The worker's last word: what somebody is changing is waited for, or it would be taken for a job whose worker was lost.
        var locked = await jobs.LockToReleaseAsync(connection, held.Select(lease => lease.Job), cancellationToken);
        var now = await jobs.NowAsync(connection, cancellationToken);
        return new JobsChanged<int>(removed, await HandBackAsync(connection, locked, held, now, cancellationToken));
    }

    private async Task<(bool Drain, DateTimeOffset Now)> RenewAsync(
        NpgsqlConnection connection, WorkerHeartbeat heartbeat, int lane, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(
            store.Sql.File("Postgres/Leasing/heartbeat.sql"),
            ("worker_id", heartbeat.WorkerId),
            ("lane_id", lane),
            ("host", heartbeat.Host),
            ("concurrency", heartbeat.Concurrency),
            ("draining", heartbeat.Draining),
            ("jobs_completed", heartbeat.JobsCompleted),
            ("attempts_failed", heartbeat.AttemptsFailed),
            ("now", store.Now));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetBoolean(0), reader.GetFieldValue<DateTimeOffset>(1));
    }

    private async Task<IReadOnlyList<HeldLease>> HeldAsync(NpgsqlConnection connection, string workerId, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(store.Sql.File("Postgres/Leasing/held_leases.sql"), ("worker_id", workerId));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var held = new List<HeldLease>();
        while (await reader.ReadAsync(cancellationToken))
        {
            held.Add(new HeldLease(
                new JobLease(new JobId(reader.GetGuid(0)), reader.GetInt64(1)),
                reader.GetFieldValue<DateTimeOffset>(2),
                reader.GetBoolean(3),
                reader.GetBoolean(4),
                reader.GetFieldValue<TimeSpan>(5) - TimeSpan.FromMicroseconds(reader.GetInt64(6))));
        }

        return held;
    }

    private async Task<IReadOnlyList<StoredJob>> HandBackAsync(
        NpgsqlConnection connection, IReadOnlyList<StoredJob> locked, IEnumerable<JobLease> leases, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var tokens = leases.ToDictionary(lease => lease.Job, lease => lease.Token);
        var changes = locked
            .Where(job => job.Standing.LeaseToken == tokens[job.Facts.Id])
            .Select(job => (job, AttemptRules.Finish(job, new AttemptOutcome.HandedBack(), now, jitter: 0)));
        return await jobs.SaveAsync(connection, changes, cancellationToken);
    }
}
