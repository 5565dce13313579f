using PodEngine.Kit;
using PodEngine.Queue.Limits;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Queue.Tests.Behaviour;

namespace PodEngine.Queue.Tests.Postgres;

/// <summary>
/// Several processes on one database, each with a store, connections and a stock of permits of its own. They share nothing but PostgreSQL and, where the
/// clock is the test's, the time.
/// </summary>
public sealed class SharedLimitsAcrossProcessesTests(MigratedStore migrated) : IClassFixture<MigratedStore>, IAsyncLifetime
{
    private readonly Guid _installation = Guid.NewGuid();
    private readonly List<LimitProcess> _processes = [];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(7, 60, 11)]
    [InlineData(100, 60, 12)]
    [InlineData(2000, 10, 13)]
    public async Task Processes_that_all_want_one_key_never_use_more_of_it_than_the_limit_in_any_window(int permits, int seconds, int seed)
    {
        var limit = new RateLimit(permits, TimeSpan.FromSeconds(seconds));
        var processes = Processes(5, migrated.Clock);
        var used = new UsedInWindows(limit);
        var chance = new Random(seed);
        for (var round = 0; round < 120; round++)
        {
            // The clock stands while they ask at the same time, so the time of each use is exact.
            var now = migrated.Clock.GetUtcNow();
            var asks = processes.Select(process => (process, Times: chance.Next(1, Math.Max(3, permits / 20))));
            await Task.WhenAll(asks.Select(ask => Task.Run(() => AskAsync(ask.process, ask.Times, now), Cancelled)));
            migrated.Clock.Advance(limit.Window * chance.NextDouble() * 0.05);
        }

        used.AssertKept();
        Assert.True(used.Total > permits * 2, $"the limit was reached again and again, but only {used.Total} permits were granted");

        async Task AskAsync(LimitProcess process, int times, DateTimeOffset now)
        {
            for (var ask = 0; ask < times; ask++)
            {
                if (await process.IsGrantedAsync(Key("hammered"), limit))
                {
                    used.Note(now, 1);
                }
            }
        }
    }

    [Fact]
    public async Task By_the_databases_own_clock_processes_at_full_speed_keep_the_limit()
    {
        var limit = new RateLimit(400, TimeSpan.FromSeconds(2));
        var processes = Processes(4, clock: null);
        var uses = new MeasuredUses(limit.Window);
        await Task.WhenAll(processes.SelectMany(process => Enumerable.Range(0, 3).Select(_ => Task.Run(() => HammerAsync(process), Cancelled))));

        Assert.InRange(uses.Total, limit.Permits * 3, (limit.Permits * 3) + (processes.Count * 3));
        Assert.InRange(uses.MostInAWindow(), 1, limit.Permits);
        Assert.InRange(await GrantedInWorstWindowAsync("clock", limit), 1, limit.Permits);

        async Task HammerAsync(LimitProcess process)
        {
            while (uses.Total < limit.Permits * 3)
            {
                var asked = MeasuredUses.Now;
                switch (await process.Limits.ReserveAsync([new RateDemand(Key("clock"), limit)], Cancelled))
                {
                    case RateDecision.NotBefore later:
                        await Task.Delay(later.Wait, TimeProvider.System, Cancelled);
                        break;
                    default:
                        uses.Note(asked);
                        break;
                }
            }
        }
    }

    [Fact]
    public async Task Of_a_rate_that_five_processes_want_all_the_time_at_most_a_tenth_is_lost()
    {
        const int Windows = 4;
        var limit = new RateLimit(600, TimeSpan.FromMinutes(1));
        var processes = Processes(5, migrated.Clock);
        var granted = 0;
        for (var elapsed = TimeSpan.Zero; elapsed < limit.Window * Windows; elapsed += TimeSpan.FromMilliseconds(200))
        {
            foreach (var process in processes)
            {
                while (await process.IsGrantedAsync(Key("wanted"), limit))
                {
                    granted++;
                }
            }

            migrated.Clock.Advance(TimeSpan.FromMilliseconds(200));
        }

        Assert.InRange(granted, (int)(limit.Permits * Windows * 0.9), limit.Permits * Windows);
    }

    [Theory]
    [InlineData(100, 1)]
    [InlineData(600, 3)]
    [InlineData(2000, 10)]
    public async Task A_busy_process_asks_for_blocks_of_at_most_half_a_percent_of_the_limit(int permits, int block)
    {
        var limit = new RateLimit(permits, TimeSpan.FromMinutes(1));
        var process = Processes(1, migrated.Clock)[0];
        for (var use = 0; use < permits; use++)
        {
            Assert.True(await process.IsGrantedAsync(Key("blocks"), limit));
        }

        var blocks = await BlocksAsync("blocks");
        Assert.Equal(permits, blocks.Sum());
        Assert.Equal(block, blocks.Max());
        Assert.InRange(blocks.Count, permits / block, (permits / block) + 5);
    }

    [Fact]
    public async Task A_process_that_needs_little_asks_for_little()
    {
        var limit = new RateLimit(2000, TimeSpan.FromMinutes(1));
        var process = Processes(1, migrated.Clock)[0];
        for (var use = 0; use < 20; use++)
        {
            Assert.True(await process.IsGrantedAsync(Key("little"), limit));
            migrated.Clock.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.InRange((await BlocksAsync("little")).Sum(), 20, 30);
    }

    [Fact]
    public async Task A_key_that_is_used_up_costs_the_database_nothing_however_often_it_is_asked_for()
    {
        var limit = new RateLimit(1, TimeSpan.FromMinutes(1));
        var process = Processes(1, migrated.Clock)[0];
        await process.BeatAsync("worker", Lane);
        Assert.True(await process.IsGrantedAsync(Key("full"), limit));
        Assert.False(await process.IsGrantedAsync(Key("full"), limit));
        Assert.NotNull(await process.OpenAsync(Key("full"), 1));
        Assert.Null(await process.OpenAsync(Key("full"), 1));

        // Whoever asked the database would now wait for ever.
        await using var held = await HeldKey.HoldAsync(migrated, Key("full"));
        for (var ask = 0; ask < 1000; ask++)
        {
            Assert.False(await process.IsGrantedAsync(Key("full"), limit).WaitAsync(Eventually.DefaultTimeout, Cancelled));
            Assert.Null(await process.OpenAsync(Key("full"), 1).WaitAsync(Eventually.DefaultTimeout, Cancelled));
        }
    }

    [Fact]
    public async Task A_key_that_somebody_is_deciding_about_holds_up_no_other_key()
    {
        var limit = new RateLimit(5, TimeSpan.FromMinutes(1));
        var process = Processes(1, migrated.Clock)[0];
        await process.BeatAsync("worker", Lane);
        Task<bool> blocked;
        await using (await HeldKey.HoldAsync(migrated, Key("slow")))
        {
            blocked = process.IsGrantedAsync(Key("slow"), limit);
            Assert.True(await process.IsGrantedAsync(Key("quick"), limit).WaitAsync(Eventually.DefaultTimeout, Cancelled));
            Assert.NotNull(await process.OpenAsync(Key("quick"), 1).WaitAsync(Eventually.DefaultTimeout, Cancelled));
            Assert.False(blocked.IsCompleted);
        }

        Assert.True(await blocked);
    }

    [Fact]
    public async Task Askers_of_one_process_share_one_question()
    {
        var limit = new RateLimit(2000, TimeSpan.FromMinutes(1));
        var process = Processes(1, migrated.Clock)[0];
        List<Task<bool>> asks;
        await using (await HeldKey.HoldAsync(migrated, Key("crowd")))
        {
            asks = [.. Enumerable.Range(0, 100).Select(_ => process.IsGrantedAsync(Key("crowd"), limit))];
        }

        Assert.All(await Task.WhenAll(asks), Assert.True);
        Assert.InRange((await BlocksAsync("crowd")).Count, 1, 15);
    }

    [Fact]
    public async Task What_a_wide_limit_refuses_is_not_fetched_of_a_narrow_one()
    {
        var (narrow, wide) = (new RateDemand(Key("narrow"), new RateLimit(10, TimeSpan.FromMinutes(1))), new RateDemand(Key("wide"), new RateLimit(1, TimeSpan.FromMinutes(1))));
        var processes = Processes(2, migrated.Clock);
        Assert.True(await processes[0].IsGrantedAsync(wide.Key, wide.Limit));

        Assert.IsType<RateDecision.NotBefore>(await processes[1].Limits.ReserveAsync([narrow, wide], Cancelled));

        Assert.Empty(await BlocksAsync("narrow"));
    }

    [Fact]
    public async Task Processes_that_open_slots_at_the_same_time_open_as_many_as_allowed_and_no_more()
    {
        const int Max = 3;
        var processes = Processes(5, migrated.Clock);
        for (var round = 0; round < 15; round++)
        {
            foreach (var process in processes)
            {
                await process.BeatAsync($"worker-{process.Number}", Lane);
            }

            var asks = processes.SelectMany(process => Enumerable.Range(0, 4).Select(_ => Task.Run(() => OpenAsync(process), Cancelled)));
            var opened = (await Task.WhenAll(asks)).Where(ask => ask.Slot is not null).ToList();
            Assert.Equal(Max, opened.Count);

            await Task.WhenAll(opened.Select(ask => ask.Process.Limits.CloseSlotAsync(ask.Slot!, Cancelled)));
            migrated.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        async Task<(LimitProcess Process, LimitSlot? Slot)> OpenAsync(LimitProcess process) => (process, await process.OpenAsync(Key("slots"), Max));
    }

    [Fact]
    public async Task A_slot_whose_opening_was_not_answered_is_not_lost()
    {
        await migrated.ExecuteAsync("""
            create function podengine.slow_commit() returns trigger language plpgsql as $$ begin perform pg_sleep(1); return null; end $$;
            create constraint trigger slow_commit after insert on podengine.limit_slots deferrable initially deferred
                for each row execute function podengine.slow_commit();
            """);
        await using var proxy = migrated.Schema.Server.CreateProxy();
        var process = new LimitProcess(PostgresStore.Open(migrated.Schema.UriVia(proxy), PostgresStore.ListenOff, migrated.Clock), number: 1);
        _processes.Add(process);
        await process.BeatAsync("worker", Lane);

        var opening = process.OpenAsync(Key("unheard"), 1);
        await Eventually.Holds(async () => await CountAsync("pg_stat_activity where wait_event = 'PgSleep'") == 1, because: "the commit is under way");
        proxy.CutAll();
        await Assert.ThrowsAsync<QueueUnavailableException>(() => opening);
        await Eventually.Holds(async () => await CountAsync($"podengine.limit_slots where installation_id = '{_installation}'") == 1, because: "the commit took place");
        await migrated.ExecuteAsync("drop trigger slow_commit on podengine.limit_slots; drop function podengine.slow_commit");

        Assert.NotNull(await process.OpenAsync(Key("unheard"), 1));
    }

    [Fact]
    public async Task A_leader_that_was_cut_off_does_not_take_silence_for_death()
    {
        await using var proxy = migrated.Schema.Server.CreateProxy();
        var leader = new LimitProcess(PostgresStore.Open(migrated.Schema.UriVia(proxy), PostgresStore.ListenOff, migrated.Clock), number: 1);
        _processes.Add(leader);
        await leader.BeatAsync("worker", Lane);
        Assert.NotNull(await leader.OpenAsync(Key("cut"), 1));
        await leader.Limits.MaintainAsync(Cancelled);
        migrated.Clock.Advance(LimitProcess.LeaseLength);
        proxy.CutAll();

        await leader.Limits.MaintainAsync(Cancelled);
        Assert.Equal(1, await SlotsAsync());

        migrated.Clock.Advance(LimitProcess.LeaseLength);
        await leader.Limits.MaintainAsync(Cancelled);
        Assert.Equal(0, await SlotsAsync());

        Task<long> SlotsAsync() => CountAsync($"podengine.limit_slots where installation_id = '{_installation}'");
    }

    [Fact]
    public async Task Within_a_lease_length_of_PostgreSQLs_own_start_nobody_loses_a_slot()
    {
        // By this clock PostgreSQL has only just started.
        var clock = new SettableClock();
        clock.Advance(TimeSpan.FromDays(-2));
        var process = Processes(1, clock)[0];
        await process.BeatAsync("worker", Lane);
        Assert.NotNull(await process.OpenAsync(Key("restart"), 1));
        await process.Limits.MaintainAsync(Cancelled);
        clock.Advance(LimitProcess.LeaseLength);

        await process.Limits.MaintainAsync(Cancelled);
        Assert.Equal(1, await CountAsync($"podengine.limit_slots where installation_id = '{_installation}'"));

        clock.Advance(TimeSpan.FromDays(3));
        await process.Limits.MaintainAsync(Cancelled);
        Assert.Equal(0, await CountAsync($"podengine.limit_slots where installation_id = '{_installation}'"));
    }

    [Fact]
    public async Task Where_answers_take_longer_than_a_block_usually_lasts_blocks_last_longer()
    {
        await using var proxy = migrated.Schema.Server.CreateProxy();
        var process = new LimitProcess(PostgresStore.Open(migrated.Schema.UriVia(proxy), PostgresStore.ListenOff, testClock: null), number: 1);
        _processes.Add(process);
        var limit = new RateLimit(20, TimeSpan.FromSeconds(1));
        proxy.DelayToClient = limit.Window / 10;

        for (var granted = 0; granted < 5;)
        {
            granted += await process.IsGrantedAsync(Key("far"), limit).WaitAsync(Eventually.DefaultTimeout, Cancelled) ? 1 : 0;
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Counting_a_key_reads_its_own_living_grants_only(bool analysed)
    {
        await migrated.ExecuteAsync($"""
            insert into podengine.limit_grants (installation_id, limit_key, permits, granted_at, usable_until, counts_until)
            select '{_installation}', 'key ' || n % 10, 1, now() - n * interval '1 s', now() - n * interval '1 s' + interval '3 s', now() + interval '1 h'
            from generate_series(1, 20000) n;
            {(analysed ? "analyze podengine.limit_grants" : "")}
            """);

        var plan = await ExplainAsync("key 1");

        Assert.DoesNotContain("Seq Scan on limit_grants", plan, StringComparison.Ordinal);
        Assert.Contains("limit_grants_by_key", plan, StringComparison.Ordinal);
        Assert.Contains("usable_until > ", plan, StringComparison.Ordinal);
    }

    private QueueKey Lane => new(_installation, "default", "default");

    private LimitKey Key(string name) => new(_installation, name);

    private List<LimitProcess> Processes(int count, TimeProvider? clock)
    {
        for (var number = 1; number <= count; number++)
        {
            _processes.Add(new LimitProcess(PostgresStore.Open(migrated.Schema.Uri, PostgresStore.ListenOff, clock), number));
        }

        return _processes;
    }

    private Task<IReadOnlyList<int>> BlocksAsync(string key) => migrated.ReadAsync(
        $"select permits from podengine.limit_grants where installation_id = '{_installation}' and limit_key = '{key}' order by granted_at", row => row.GetInt32(0));

    private async Task<long> CountAsync(string from) => (await migrated.ReadAsync($"select count(*) from {from}", row => row.GetInt64(0)))[0];

    /// <summary>By the times the database put down: all blocks that could be used in the window that ends with a grant.</summary>
    private async Task<long> GrantedInWorstWindowAsync(string key, RateLimit limit) => (await migrated.ReadAsync(
        $"""
        select max((
            select sum(o.permits) from podengine.limit_grants o
            where o.installation_id = g.installation_id and o.limit_key = g.limit_key
              and o.granted_at <= g.granted_at and o.usable_until > g.granted_at - interval '{limit.Window.TotalSeconds} s'))
        from podengine.limit_grants g where g.installation_id = '{_installation}' and g.limit_key = '{key}'
        """,
        row => row.GetInt64(0)))[0];

    private async Task<string> ExplainAsync(string key)
    {
        var sql = migrated.Store.Sql.File("Postgres/Limiting/take_grant.sql")
            .Replace("@installation_id", $"'{_installation}'::uuid", StringComparison.Ordinal)
            .Replace("@limit_key", $"'{key}'", StringComparison.Ordinal)
            .Replace("@limit", "100", StringComparison.Ordinal)
            .Replace("@window", "interval '60 s'", StringComparison.Ordinal)
            .Replace("@least", "1", StringComparison.Ordinal)
            .Replace("@wanted", "1", StringComparison.Ordinal)
            .Replace("@usable_for", "interval '3 s'", StringComparison.Ordinal)
            .Replace("@now", "null::timestamptz", StringComparison.Ordinal);
        return string.Join('\n', await migrated.ReadAsync($"explain {sql}", row => row.GetString(0)));
    }
}
