using PodEngine.Kit.Postgres;
using PodEngine.Queue.Limits;
using PodEngine.Queue.Tests.Behaviour;

namespace PodEngine.Queue.Tests.Postgres;

/// <summary>Processes that all want one rate keep it together.</summary>
public sealed class SharedRatesTests(MigratedStore migrated) : AcrossProcesses(migrated), IClassFixture<MigratedStore>
{
    [Theory]
    [InlineData(7, 60, 11)]
    [InlineData(100, 60, 12)]
    [InlineData(2000, 10, 13)]
    public async Task Processes_that_all_want_one_key_never_use_more_of_it_than_the_limit_in_any_window(int permits, int seconds, int seed)
    {
        var limit = new RateLimit(permits, TimeSpan.FromSeconds(seconds));
        var processes = Processes(5, Migrated.Clock);
        var used = new UsedInWindows(limit);
        var chance = new Random(seed);
        for (var round = 0; round < 120; round++)
        {
            // The clock stands while they ask at the same time, so the time of each use is exact.
            var now = Migrated.Clock.GetUtcNow();
            var asks = processes.Select(process => (process, Times: chance.Next(1, Math.Max(3, permits / 20))));
            await Task.WhenAll(asks.Select(ask => Task.Run(() => AskAsync(ask.process, ask.Times, now), Cancelled)));
            Migrated.Clock.Advance(limit.Window * chance.NextDouble() * 0.05);
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
    public Task By_the_databases_own_clock_processes_at_full_speed_keep_the_limit() => HammerAsync("clock", Migrated.Schema.Uri);

    [Fact]
    public async Task Through_a_transaction_mode_pooler_processes_at_full_speed_keep_the_limit()
    {
        await using var pooler = await PgBouncer.StartAsync(Migrated.Schema.Server);
        await HammerAsync("pooled", pooler.Via(Migrated.Schema.Uri));
    }

    [Fact]
    public async Task Of_a_rate_that_five_processes_want_all_the_time_at_most_a_tenth_is_lost()
    {
        const int Windows = 4;
        var limit = new RateLimit(600, TimeSpan.FromMinutes(1));
        var processes = Processes(5, Migrated.Clock);
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

            Migrated.Clock.Advance(TimeSpan.FromMilliseconds(200));
        }

        Assert.InRange(granted, (int)(limit.Permits * Windows * 0.9), limit.Permits * Windows);
    }

    private async Task HammerAsync(string key, string uri)
    {
        var limit = new RateLimit(400, TimeSpan.FromSeconds(2));
        var processes = Processes(4, clock: null, uri);
        var uses = new MeasuredUses(limit.Window);
        await Task.WhenAll(processes.SelectMany(process => Enumerable.Range(0, 3).Select(_ => Task.Run(() => UseAsync(process), Cancelled))));

        Assert.InRange(uses.Total, limit.Permits * 3, (limit.Permits * 3) + (processes.Count * 3));
        Assert.InRange(uses.MostInAWindow(), 1, limit.Permits);
        Assert.InRange(await GrantedInWorstWindowAsync(key, limit), 1, limit.Permits);

        async Task UseAsync(LimitProcess process)
        {
            while (uses.Total < limit.Permits * 3)
            {
                var asked = MeasuredUses.Now;
                switch (await process.Limits.ReserveAsync([new RateDemand(Key(key), limit)], Cancelled))
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

    /// <summary>By the times the database put down: all blocks that could be used in the window that ends with a grant.</summary>
    private async Task<long> GrantedInWorstWindowAsync(string key, RateLimit limit) => (await Migrated.ReadAsync(
        $"""
        select max((
            select sum(o.permits) from podengine.limit_grants o
            where o.installation_id = g.installation_id and o.limit_key = g.limit_key
              and o.granted_at <= g.granted_at and o.usable_until > g.granted_at - interval '{limit.Window.TotalSeconds} s'))
        from podengine.limit_grants g where g.installation_id = '{Installation}' and g.limit_key = '{key}'
        """,
        row => row.GetInt64(0)))[0];
}
