using PodEngine.Queue.Limits;

namespace PodEngine.Queue.Tests.Behaviour;

public abstract partial class SharedLimitsSuite
{
    [Fact]
    public async Task No_more_slots_are_open_than_allowed_and_a_closed_one_is_free_at_once()
    {
        await BeatAsync("worker");
        var first = await OpenAsync("worker", max: 2);
        Assert.NotNull(await OpenAsync("worker", max: 2));

        var refusal = await Limits.OpenSlotAsync(Key("runpod"), 2, Named("worker"), Cancelled);
        Assert.InRange(Assert.IsType<SlotDecision.NotBefore>(refusal).Wait, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(5));

        await Limits.CloseSlotAsync(first!, Cancelled);
        await Limits.CloseSlotAsync(first!, Cancelled);
        Assert.NotNull(await OpenAsync("worker", max: 2));
        Assert.Null(await OpenAsync("worker", max: 2));
    }

    [Fact]
    public async Task Slots_of_different_keys_are_counted_apart()
    {
        await BeatAsync("worker");
        Assert.NotNull(await OpenAsync("worker", max: 1, key: "a"));
        Assert.Null(await OpenAsync("worker", max: 1, key: "a"));

        Assert.NotNull(await OpenAsync("worker", max: 1, key: "b"));
    }

    [Fact]
    public async Task A_killed_workers_slots_come_back_after_its_lease()
    {
        await BeatAsync("killed");
        Assert.NotNull(await OpenAsync("killed", max: 1));
        Clock.Advance(LeaseLength - TimeSpan.FromSeconds(1));
        await BeatAsync("alive");
        await Limits.MaintainAsync(Cancelled);
        Assert.Null(await OpenAsync("alive", max: 1));

        Clock.Advance(TimeSpan.FromSeconds(1));
        await Limits.MaintainAsync(Cancelled);

        Assert.NotNull(await OpenAsync("alive", max: 1));
    }

    [Fact]
    public async Task A_worker_that_was_silent_for_long_keeps_its_slots_when_it_speaks_before_they_are_taken()
    {
        await BeatAsync("slow");
        Assert.NotNull(await OpenAsync("slow", max: 1));
        Clock.Advance(LeaseLength * 3);

        await BeatAsync("slow");
        await BeatAsync("other");
        await Limits.MaintainAsync(Cancelled);

        Assert.Null(await OpenAsync("other", max: 1));
    }

    [Fact]
    public async Task A_worker_that_leaves_takes_its_slots_with_it()
    {
        await BeatAsync("leaving");
        await BeatAsync("staying");
        Assert.NotNull(await OpenAsync("leaving", max: 1));

        await Queue.DeregisterAsync(Named("leaving"), Cancelled);

        Assert.NotNull(await OpenAsync("staying", max: 1));
        await Limits.MaintainAsync(Cancelled);
        Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(await OpenAsync("staying", max: 1));
    }

    [Fact]
    public async Task A_worker_that_is_unknown_or_silent_gets_no_slot()
    {
        Assert.Null(await OpenAsync("stranger", max: 5));

        await BeatAsync("silent");
        Clock.Advance(LeaseLength);
        Assert.Null(await OpenAsync("silent", max: 5));
        await BeatAsync("silent");
        Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.NotNull(await OpenAsync("silent", max: 5));
    }

    [Fact]
    public async Task A_lowered_number_of_slots_lets_none_in_until_enough_are_closed()
    {
        await BeatAsync("worker");
        var slots = new List<LimitSlot>();
        for (var slot = 0; slot < 3; slot++)
        {
            slots.Add((await OpenAsync("worker", max: 3))!);
        }

        await Limits.CloseSlotAsync(slots[0], Cancelled);
        Assert.Null(await OpenAsync("worker", max: 2));
        await Limits.CloseSlotAsync(slots[1], Cancelled);
        Assert.NotNull(await OpenAsync("worker", max: 2));
    }
}
