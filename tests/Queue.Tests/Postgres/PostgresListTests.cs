using Npgsql;
using PodEngine.Queue.Postgres;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Queue.Postgres.Reading;
using PodEngine.Queue.Postgres.Standing;

namespace PodEngine.Queue.Tests.Postgres;

/// <summary>What a list of jobs costs PostgreSQL, in rows that it reads.</summary>
public sealed class PostgresListTests(MigratedStore migrated) : IClassFixture<MigratedStore>, IAsyncLifetime
{
    private const int History = 5000;
    private const int FewRows = 100;

    private readonly QueueKey _lane = new(Guid.NewGuid(), "default", "default");
    private PostgresJobQueue _queue = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await migrated.EmptyAsync();
        _queue = new PostgresJobQueue(migrated.Store);
    }

    public ValueTask DisposeAsync() => _queue.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Listing_jobs_that_have_not_ended_reads_none_that_have(bool analysed)
    {
        await _queue.UpsertAsync([Request(), Request() with { Suspended = true }, Request() with { StartAfter = migrated.Clock.GetUtcNow() + TimeSpan.FromHours(1) }], Cancelled);
        await migrated.ExecuteAsync($"""
            insert into podengine.jobs (id, lane_id, installation_id, name, arguments, max_retries, retry_delay, retry_exponential, retry_max_delay, active_deadline, created_at, generation, priority)
            select gen_random_uuid(), l.id, l.installation_id, 'job', '', 3, '60 s', true, '900 s', '1 h', now(), 1, 0
            from podengine.lanes l, generate_series(1, {History});
            insert into podengine.job_state (job_seq, state, generation, priority, attempts, rescues, queued_at, run_at, finished_at, processed_micros, suspended)
            select seq, 'completed', 1, 0, 0, 0, now(), now(), now(), 0, false
            from podengine.jobs where arguments = '';
            {(analysed ? "analyze podengine.jobs; analyze podengine.job_state; analyze podengine.ready; analyze podengine.deferred;" : "")}
            """);

        JobState[] unfinished = [JobState.Pending, JobState.Queued, JobState.Processing, JobState.Retrying, JobState.Suspended, JobState.AwaitingApproval];
        foreach (var state in unfinished)
        {
            var (listed, rowsRead) = await ListAsync(state);
            Assert.Equal(state is JobState.Pending or JobState.Queued or JobState.Suspended ? 1 : 0, listed);
            Assert.True(rowsRead < FewRows, $"{rowsRead} rows of jobs and their standings were read to list what is {state}.");
        }
    }

    private Task<(int Listed, long RowsRead)> ListAsync(JobState state) => migrated.Store.TransactAsync(
        async (connection, cancellationToken) =>
        {
            var finder = new JobFinder(migrated.Store, new StoredJobs(migrated.Store), new QueueTimings());
            var before = await RowsReadAsync(connection, cancellationToken);
            var listed = await finder.ListAsync(connection, _lane.InstallationId, state, 100_000, cancellationToken);
            return (listed.Count, await RowsReadAsync(connection, cancellationToken) - before);
        },
        Cancelled);

    /// <summary>PostgreSQL counts the rows that a session has read; it may add those of earlier transactions, but takes none away within one.</summary>
    private async Task<long> RowsReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(
            """
            select coalesce(sum(seq_tup_read + idx_tup_fetch), 0)::bigint from pg_stat_xact_user_tables
            where schemaname = @schema and relname in ('jobs', 'job_state')
            """,
            ("schema", migrated.Store.Schema));
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private JobRequest Request() => new() { Id = JobId.New(), Queue = _lane, Name = "job", Arguments = "{}" };
}
