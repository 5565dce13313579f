using PodEngine.Kit;
using PodEngine.Queue.Limits;

namespace PodEngine.Queue.Tests.Postgres;

/// <summary>What a process asks the database for, and what it answers from its own stock.</summary>
public sealed class PermitStockTests(MigratedStore migrated) : AcrossProcesses(migrated), IClassFixture<MigratedStore>
{
    [Theory]
    [InlineData(100, 1)]
    [InlineData(600, 3)]
    [InlineData(2000, 10)]
    public async Task A_busy_process_asks_for_blocks_of_at_most_half_a_percent_of_the_limit(int permits, int block)
    {
        var limit = new RateLimit(permits, TimeSpan.FromMinutes(1));
        var process = Process(Migrated.Clock);
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
        var process = Process(Migrated.Clock);
        for (var use = 0; use < 20; use++)
        {
            Assert.True(await process.IsGrantedAsync(Key("little"), limit));
            Migrated.Clock.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.InRange((await BlocksAsync("little")).Sum(), 20, 30);
    }

    [Fact]
    public async Task A_key_that_is_used_up_costs_the_database_nothing_however_often_it_is_asked_for()
    {
        var limit = new RateLimit(1, TimeSpan.FromMinutes(1));
        var process = Process(Migrated.Clock);
        await process.BeatAsync("worker", Lane);
        Assert.True(await process.IsGrantedAsync(Key("full"), limit));
        Assert.False(await process.IsGrantedAsync(Key("full"), limit));
        Assert.NotNull(await process.OpenAsync(Key("full"), 1));
        Assert.Null(await process.OpenAsync(Key("full"), 1));

        // Whoever asked the database would now wait for ever.
        await using var held = await HeldKey.HoldAsync(Migrated, Key("full"));
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
        var process = Process(Migrated.Clock);
        await process.BeatAsync("worker", Lane);
        Task<bool> blocked;
        await using (await HeldKey.HoldAsync(Migrated, Key("slow")))
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
        var process = Process(Migrated.Clock);
        List<Task<bool>> asks;
        await using (await HeldKey.HoldAsync(Migrated, Key("crowd")))
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
        var processes = Processes(2, Migrated.Clock);
        Assert.True(await processes[0].IsGrantedAsync(wide.Key, wide.Limit));

        Assert.IsType<RateDecision.NotBefore>(await processes[1].Limits.ReserveAsync([narrow, wide], Cancelled));

        Assert.Empty(await BlocksAsync("narrow"));
    }

    [Fact]
    public async Task Where_answers_take_longer_than_a_block_usually_lasts_blocks_last_longer()
    {
        await using var proxy = Migrated.Schema.Server.CreateProxy();
        var process = Process(clock: null, Migrated.Schema.UriVia(proxy));
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
        await Migrated.ExecuteAsync($"""
            insert into podengine.limit_grants (installation_id, limit_key, permits, granted_at, usable_until, counts_until)
            select '{Installation}', 'key ' || n % 10, 1, now() - n * interval '1 s', now() - n * interval '1 s' + interval '3 s', now() + interval '1 h'
            from generate_series(1, 20000) n;
            {(analysed ? "analyze podengine.limit_grants" : "")}
            """);

        var plan = await ExplainAsync("key 1");

        Assert.DoesNotContain("Seq Scan on limit_grants", plan, StringComparison.Ordinal);
        Assert.Contains("limit_grants_by_key", plan, StringComparison.Ordinal);
        Assert.Contains("usable_until > ", plan, StringComparison.Ordinal);
    }

    private async Task<string> ExplainAsync(string key)
    {
        var sql = Migrated.Store.Sql.File("Postgres/Limiting/take_grant.sql")
            .Replace("@installation_id", $"'{Installation}'::uuid", StringComparison.Ordinal)
            .Replace("@limit_key", $"'{key}'", StringComparison.Ordinal)
            .Replace("@limit", "100", StringComparison.Ordinal)
            .Replace("@window", "interval '60 s'", StringComparison.Ordinal)
            .Replace("@least", "1", StringComparison.Ordinal)
            .Replace("@wanted", "1", StringComparison.Ordinal)
            .Replace("@usable_for", "interval '3 s'", StringComparison.Ordinal)
            .Replace("@now", "null::timestamptz", StringComparison.Ordinal);
        return string.Join('\n', await Migrated.ReadAsync($"explain {sql}", row => row.GetString(0)));
    }
}
