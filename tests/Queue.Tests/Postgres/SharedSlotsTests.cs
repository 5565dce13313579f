using PodEngine.Kit;
using PodEngine.Queue.Limits;
using PodEngine.Queue.Tests.Behaviour;

namespace PodEngine.Queue.Tests.Postgres;

/// <summary>Slots of concurrency limits across processes, and when they come back.</summary>
public sealed class SharedSlotsTests(MigratedStore migrated) : AcrossProcesses(migrated), IClassFixture<MigratedStore>
{
    [Fact]
    public async Task Processes_that_open_slots_at_the_same_time_open_as_many_as_allowed_and_no_more()
    {
        const int Max = 3;
        var processes = Processes(5, Migrated.Clock);
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
            Migrated.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        async Task<(LimitProcess Process, LimitSlot? Slot)> OpenAsync(LimitProcess process) => (process, await process.OpenAsync(Key("slots"), Max));
    }

    [Fact]
    public async Task A_slot_whose_opening_was_not_answered_is_not_lost()
    {
        await Migrated.ExecuteAsync("""
            create function podengine.slow_commit() returns trigger language plpgsql as $$ begin perform pg_sleep(1); return null; end $$;
            create constraint trigger slow_commit after insert on podengine.limit_slots deferrable initially deferred
                for each row execute function podengine.slow_commit();
            """);
        await using var proxy = Migrated.Schema.Server.CreateProxy();
        var process = Process(Migrated.Clock, Migrated.Schema.UriVia(proxy));
        await process.BeatAsync("worker", Lane);

        var opening = process.OpenAsync(Key("unheard"), 1);
        await Eventually.Holds(async () => await CountAsync("pg_stat_activity where wait_event = 'PgSleep'") == 1, because: "the commit is under way");
        proxy.CutAll();
        await Assert.ThrowsAsync<QueueUnavailableException>(() => opening);
        await Eventually.Holds(async () => await CountAsync($"podengine.limit_slots where installation_id = '{Installation}'") == 1, because: "the commit took place");
        await Migrated.ExecuteAsync("drop trigger slow_commit on podengine.limit_slots; drop function podengine.slow_commit");

        Assert.NotNull(await process.OpenAsync(Key("unheard"), 1));
    }

    [Fact]
    public async Task A_leader_that_was_cut_off_does_not_take_silence_for_death()
    {
        await using var proxy = Migrated.Schema.Server.CreateProxy();
        var leader = Process(Migrated.Clock, Migrated.Schema.UriVia(proxy));
        await leader.BeatAsync("worker", Lane);
        Assert.NotNull(await leader.OpenAsync(Key("cut"), 1));
        await leader.Limits.MaintainAsync(Cancelled);
        Migrated.Clock.Advance(LimitProcess.LeaseLength);
        proxy.CutAll();

        await leader.Limits.MaintainAsync(Cancelled);
        Assert.Equal(1, await SlotsAsync());

        Migrated.Clock.Advance(LimitProcess.LeaseLength);
        await leader.Limits.MaintainAsync(Cancelled);
        Assert.Equal(0, await SlotsAsync());

        Task<long> SlotsAsync() => CountAsync($"podengine.limit_slots where installation_id = '{Installation}'");
    }

    [Fact]
    public async Task Within_a_lease_length_of_PostgreSQLs_own_start_nobody_loses_a_slot()
    {
        // By this clock PostgreSQL has only just started.
        var clock = new SettableClock();
        clock.Advance(TimeSpan.FromDays(-2));
        var process = Process(clock);
        await process.BeatAsync("worker", Lane);
        Assert.NotNull(await process.OpenAsync(Key("restart"), 1));
        await process.Limits.MaintainAsync(Cancelled);
        clock.Advance(LimitProcess.LeaseLength);

        await process.Limits.MaintainAsync(Cancelled);
        Assert.Equal(1, await CountAsync($"podengine.limit_slots where installation_id = '{Installation}'"));

        clock.Advance(TimeSpan.FromDays(3));
        await process.Limits.MaintainAsync(Cancelled);
        Assert.Equal(0, await CountAsync($"podengine.limit_slots where installation_id = '{Installation}'"));
    }
}
