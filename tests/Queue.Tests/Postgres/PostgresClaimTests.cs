using Npgsql;
using PodEngine.Queue.Postgres;
using PodEngine.Queue.Postgres.Claiming;
using PodEngine.Queue.Postgres.Connecting;

namespace PodEngine.Queue.Tests.Postgres;

/// <summary>What only a database with several connections can get wrong.</summary>
public sealed class PostgresClaimTests(MigratedStore migrated) : IClassFixture<MigratedStore>, IAsyncLifetime
{
    private readonly QueueKey _lane = new(Guid.NewGuid(), "default", "default");
    private PostgresJobQueue _queue = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await migrated.EmptyAsync();
        _queue = new PostgresJobQueue(migrated.Store);
        await BeatAsync();
    }

    public ValueTask DisposeAsync() => _queue.DisposeAsync();

    [Fact]
    public async Task A_job_whose_insert_commits_after_a_later_one_was_claimed_is_claimed_all_the_same()
    {
        await using var slow = await migrated.Schema.OpenAsync();
        await using var transaction = await slow.BeginTransactionAsync(Cancelled);
        var early = Guid.NewGuid();
        await using (var insert = slow.Command(InsertByHand(), ("id", early), ("installation_id", _lane.InstallationId)))
        {
            await insert.ExecuteNonQueryAsync(Cancelled);
        }

        var late = JobId.New();
        await _queue.UpsertAsync([Request(late)], Cancelled);
        Assert.Equal(late, Assert.Single(await ClaimAsync()).Lease.Job);

        await transaction.CommitAsync(Cancelled);

        Assert.Equal(new JobId(early), Assert.Single(await ClaimAsync()).Lease.Job);
    }

    [Fact]
    public async Task A_job_that_somebody_is_changing_is_left_for_the_next_claim_and_holds_up_nobody()
    {
        JobRequest[] requests = [Request(JobId.New()), Request(JobId.New())];
        await _queue.UpsertAsync(requests, Cancelled);
        await using var changing = await migrated.Schema.OpenAsync();
        await using var transaction = await changing.BeginTransactionAsync(Cancelled);
        await using (var hold = changing.Command("select 1 from ready r join jobs j on j.seq = r.seq where j.id = @id for update of r", ("id", requests[0].Id.Value)))
        {
            await hold.ExecuteNonQueryAsync(Cancelled);
        }

        Assert.Equal(requests[1].Id, Assert.Single(await ClaimAsync()).Lease.Job);

        await transaction.RollbackAsync(Cancelled);
        Assert.Equal(requests[0].Id, Assert.Single(await ClaimAsync()).Lease.Job);
    }

    [Fact]
    public async Task Two_claims_of_the_same_moment_share_the_jobs_of_several_limits()
    {
        await _queue.UpsertAsync(
            [.. "first second".Split(' ').SelectMany(key => Enumerable.Range(0, 10).Select(_ => Request(JobId.New()) with { LimitKey = key }))], Cancelled);
        await using var other = await migrated.Schema.OpenAsync();
        await using var transaction = await other.BeginTransactionAsync(Cancelled);
        var others = new List<long>();
        await using (var claim = Claim(other, limit: 10))
        await using (var reader = await claim.ExecuteReaderAsync(Cancelled))
        {
            while (await reader.ReadAsync(Cancelled))
            {
                others.Add(reader.GetInt64(9));
            }
        }

        var ours = await _queue.ClaimAsync(_lane, "worker", 10, Cancelled);

        Assert.Equal(10, others.Count);
        Assert.Equal(4, ours.Count); // A third of what was asked for: jobs without a limit have a lane too.
        Assert.Empty(ours.Select(job => job.Lease.Sequence).Intersect(others));
    }

    [Fact]
    public async Task Claims_and_changes_of_the_same_jobs_at_the_same_time_do_not_block_one_another()
    {
        var requests = Enumerable.Range(0, 60).Select(_ => Request(JobId.New())).ToList();
        await _queue.UpsertAsync(requests, Cancelled);

        var claims = Enumerable.Range(0, 6).Select(async _ =>
        {
            var claimed = new List<ClaimedJob>();
            while (await _queue.ClaimAsync(_lane, "worker", 5, Cancelled) is { Count: > 0 } batch)
            {
                claimed.AddRange(batch);
            }

            return claimed;
        }).ToList();
        var cancels = requests.Select(request => _queue.CancelAsync(request.Id, "Cancelled", Cancelled)).ToList();
        var changes = requests.Chunk(20).Select(chunk => _queue.UpsertAsync([.. chunk.Select(request => request with { Generation = 2, Priority = 5 })], Cancelled)).ToList();
        await Task.WhenAll([.. claims, .. cancels, .. changes]);

        var leases = (await Task.WhenAll(claims)).SelectMany(claimed => claimed).ToDictionary(job => job.Lease.Job, job => job.Lease);
        foreach (var request in requests)
        {
            var job = await _queue.FindAsync(request.Id, Cancelled);
            Assert.Equal(leases.ContainsKey(request.Id) ? JobState.Processing : JobState.Cancelled, job?.State);
        }

        Assert.Empty(await ClaimAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_plan_of_a_claim_reads_no_table_from_end_to_end(bool analysed)
    {
        await migrated.ExecuteAsync($"""
            insert into podengine.jobs (id, lane_id, installation_id, name, arguments, max_retries, retry_delay, retry_exponential, retry_max_delay, active_deadline, created_at, generation, priority)
            select gen_random_uuid(), l.id, l.installation_id, 'job', '', 3, '60 s', true, '900 s', '1 h', now(), 1, 0
            from podengine.lanes l, generate_series(1, 5000);
            insert into podengine.job_state (job_seq, state, generation, priority, attempts, rescues, queued_at, run_at, finished_at, processed_micros, suspended)
            select seq, 'completed', 1, 0, 0, 0, now(), now(), now(), 0, false
            from podengine.jobs where seq % 2 = 0;
            insert into podengine.ready (lane_id, claim_key, seq)
            select j.lane_id, j.created_at, j.seq from podengine.jobs j where seq % 2 = 1;
            {(analysed ? "analyze podengine.jobs; analyze podengine.job_state; analyze podengine.ready;" : "")}
            """);

        var plan = await ExplainAsync();

        Assert.DoesNotContain("Seq Scan on job_state", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan on jobs", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan on ready", plan, StringComparison.Ordinal);
        Assert.Contains("Index Scan using ready_pkey on ready", plan, StringComparison.Ordinal);
    }

    private async Task<string> ExplainAsync()
    {
        return await migrated.Store.TransactAsync(
            async (connection, cancellationToken) =>
            {
                await using var settings = connection.Command(JobClaimer.WalkTheLaneInOrder);
                await settings.ExecuteNonQueryAsync(cancellationToken);
                await using var command = Claim(connection, limit: 25, "explain ");
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                var lines = new List<string>();
                while (await reader.ReadAsync(cancellationToken))
                {
                    lines.Add(reader.GetString(0));
                }

                return string.Join('\n', lines);
            },
            Cancelled);
    }

    private NpgsqlCommand Claim(NpgsqlConnection connection, int limit, string before = "") => connection.Command(
        before + migrated.Store.Sql.File("Postgres/Claiming/claim.sql"),
        ("installation_id", _lane.InstallationId),
        ("namespace", _lane.Namespace),
        ("pool", _lane.Pool),
        ("worker_id", "worker"),
        ("limit", limit),
        ("lease_length", TimeSpan.FromSeconds(10)),
        ("now", migrated.Clock.GetUtcNow()));

    private Task<IReadOnlyList<ClaimedJob>> ClaimAsync() => _queue.ClaimAsync(_lane, "worker", 1, Cancelled);

    private Task<HeartbeatReply> BeatAsync() => _queue.HeartbeatAsync(
        new WorkerHeartbeat { WorkerId = "worker", Queue = _lane, Host = "host", Concurrency = 1, Held = [] }, Cancelled);

    private JobRequest Request(JobId id) => new() { Id = id, Queue = _lane, Name = "job", Arguments = "{}" };

    /// <summary>What an upsert of one job leaves, for a transaction held open.</summary>
    private static string InsertByHand() => """
        with fact as (
            insert into jobs (id, lane_id, installation_id, name, arguments, max_retries, retry_delay, retry_exponential, retry_max_delay, active_deadline, created_at, generation, priority)
            select @id, l.id, l.installation_id, 'early', '{}', 3, '60 s', true, '900 s', '1 h', now(), 1, 0 from lanes l where l.installation_id = @installation_id
            returning lane_id, seq, created_at
        )
        insert into ready (lane_id, claim_key, seq) select lane_id, created_at, seq from fact
        """;
}
