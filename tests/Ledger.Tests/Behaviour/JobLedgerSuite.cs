using PodEngine.Kit.Time;
using PodEngine.Queue;

namespace PodEngine.Ledger.Tests.Behaviour;

/// <summary>The contract of <see cref="IJobLedger"/>, one test per promise; every store passes it beside the queue of its kind.</summary>
public abstract class JobLedgerSuite : IAsyncLifetime
{
    private static readonly PurchaseKey Picture = new("images", "3");

    private readonly QueueKey _lane = new(Guid.NewGuid(), "default", "default");

    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    protected ManualTimeProvider Clock { get; } = new();

    protected static QueueTimings Timings { get; } = new();

    private IJobQueue Queue { get; set; } = null!;

    private IJobLedger Ledger { get; set; } = null!;

    public async ValueTask InitializeAsync()
    {
        (Queue, Ledger) = await OpenAsync();
        Clock.Advance(Timings.LeaseLength);
        await Queue.MaintainAsync(Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<(IJobQueue Queue, IJobLedger Ledger)> OpenAsync();

    protected abstract ValueTask CloseAsync();

    [Fact]
    public async Task A_job_nobody_worked_on_has_empty_entries()
    {
        var entries = await Ledger.ReadAsync(JobId.New(), Cancelled);

        Assert.Empty(entries.Purchases);
        Assert.Empty(entries.Images);
        Assert.Empty(entries.Products);
        Assert.Equal(new PurchaseCost(), entries.Cost);
    }

    [Fact]
    public async Task The_first_to_announce_a_purchase_goes_and_buys()
    {
        var lease = await ClaimAsync();

        var beginning = await Ledger.BeginPurchaseAsync(lease, Intent(), Cancelled);

        Assert.True(beginning.IsNew);
        Assert.Equal(
            (PurchaseState.Begun, """{"prompt":"cat"}""", 0, TimeSpan.FromSeconds(60)),
            (beginning.Record.State, beginning.Record.Request, beginning.Record.Repeats, beginning.Record.SettlesIn));
    }

    [Fact]
    public async Task A_purchase_begun_before_is_known_and_has_to_settle_first()
    {
        var lease = await ClaimAsync();
        await Ledger.BeginPurchaseAsync(lease, Intent(), Cancelled);
        await Ledger.AttachRemoteAsync(lease, Picture, "prompt-17", Cancelled);
        Clock.Advance(TimeSpan.FromSeconds(20));

        var again = await Ledger.BeginPurchaseAsync(lease, Intent() with { Request = "{}" }, Cancelled);

        Assert.False(again.IsNew);
        Assert.Equal(
            (PurchaseState.Begun, """{"prompt":"cat"}""", "prompt-17", TimeSpan.FromSeconds(40)),
            (again.Record.State, again.Record.Request, again.Record.RemoteId, again.Record.SettlesIn));
        Clock.Advance(TimeSpan.FromSeconds(50));
        Assert.Equal(TimeSpan.Zero, (await PurchaseAsync(lease)).SettlesIn);
    }

    [Fact]
    public async Task A_settled_purchase_is_known_with_what_it_got_and_cost()
    {
        var lease = await ClaimAsync();
        await Ledger.BeginPurchaseAsync(lease, Intent(), Cancelled);

        await Ledger.SettlePurchaseAsync(lease, Picture, """{"sha256":"…"}""", new PurchaseCost(1500, 320), Cancelled);

        var again = await Ledger.BeginPurchaseAsync(lease, Intent(), Cancelled);
        Assert.False(again.IsNew);
        Assert.Equal(
            (PurchaseState.Settled, """{"sha256":"…"}""", new PurchaseCost(1500, 320), TimeSpan.Zero),
            (again.Record.State, again.Record.Result, again.Record.Cost, again.Record.SettlesIn));
    }

    [Fact]
    public async Task Settling_twice_keeps_the_first()
    {
        var lease = await ClaimAsync();
        await Ledger.BeginPurchaseAsync(lease, Intent(), Cancelled);
        await Ledger.SettlePurchaseAsync(lease, Picture, "1", new PurchaseCost(1, 1), Cancelled);

        await Ledger.SettlePurchaseAsync(lease, Picture, "2", new PurchaseCost(2, 2), Cancelled);

        Assert.Equal(("1", new PurchaseCost(1, 1)), ((await PurchaseAsync(lease)).Result, (await PurchaseAsync(lease)).Cost));
    }

    [Fact]
    public async Task A_repeat_is_counted_and_has_to_settle_anew()
    {
        var lease = await ClaimAsync();
        await Ledger.BeginPurchaseAsync(lease, Intent(), Cancelled);
        Clock.Advance(TimeSpan.FromMinutes(2));

        await Ledger.RepeatPurchaseAsync(lease, Intent() with { Request = "{}" }, Cancelled);

        var purchase = await PurchaseAsync(lease);
        Assert.Equal((1, "{}", TimeSpan.FromSeconds(60)), (purchase.Repeats, purchase.Request, purchase.SettlesIn));
        Assert.Equal(1, (await Ledger.ReadAsync(lease.Job, Cancelled)).Repeated);
    }

    [Fact]
    public async Task A_withdrawn_purchase_is_begun_anew()
    {
        var lease = await ClaimAsync();
        await Ledger.BeginPurchaseAsync(lease, Intent(), Cancelled);

        await Ledger.WithdrawPurchaseAsync(lease, Picture, Cancelled);

        Assert.True((await Ledger.BeginPurchaseAsync(lease, Intent(), Cancelled)).IsNew);
    }

    [Fact]
    public async Task Withdrawing_a_repeat_leaves_the_first_call_unknown()
    {
        var lease = await ClaimAsync();
        await Ledger.BeginPurchaseAsync(lease, Intent(), Cancelled);
        await Ledger.RepeatPurchaseAsync(lease, Intent(), Cancelled);

        await Ledger.WithdrawPurchaseAsync(lease, Picture, Cancelled);

        var again = await Ledger.BeginPurchaseAsync(lease, Intent(), Cancelled);
        Assert.Equal((false, PurchaseState.Begun, 0), (again.IsNew, again.Record.State, again.Record.Repeats));
    }

    [Fact]
    public async Task Withdrawing_what_was_never_begun_is_harmless()
    {
        var lease = await ClaimAsync();

        await Ledger.WithdrawPurchaseAsync(lease, Picture, Cancelled);

        Assert.Empty((await Ledger.ReadAsync(lease.Job, Cancelled)).Purchases);
    }

    [Fact]
    public async Task What_was_not_begun_can_neither_be_repeated_nor_attached_nor_settled()
    {
        var lease = await ClaimAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => Ledger.RepeatPurchaseAsync(lease, Intent(), Cancelled));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Ledger.AttachRemoteAsync(lease, Picture, "x", Cancelled));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Ledger.SettlePurchaseAsync(lease, Picture, "1", default, Cancelled));
    }

    [Fact]
    public async Task What_is_settled_can_neither_be_repeated_nor_withdrawn()
    {
        var lease = await ClaimAsync();
        await Ledger.BeginPurchaseAsync(lease, Intent(), Cancelled);
        await Ledger.SettlePurchaseAsync(lease, Picture, "1", default, Cancelled);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Ledger.RepeatPurchaseAsync(lease, Intent(), Cancelled));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Ledger.WithdrawPurchaseAsync(lease, Picture, Cancelled));
        Assert.Equal(PurchaseState.Settled, (await PurchaseAsync(lease)).State);
    }

    [Fact]
    public async Task Pictures_and_products_are_kept_as_they_were_last_saved_in_order()
    {
        var lease = await ClaimAsync();
        await Ledger.SaveImageAsync(lease, Image(1), Cancelled);
        await Ledger.SaveImageAsync(lease, Image(0), Cancelled);
        var stored = Image(0) with { Sha256 = new string('a', 64), Bytes = 7, MediaType = "image/png" };
        await Ledger.SaveImageAsync(lease, stored, Cancelled);
        await Ledger.SaveProductAsync(lease, Product("tshirt"), Cancelled);
        await Ledger.SaveProductAsync(lease, Product("hoodie"), Cancelled);
        var published = Product("tshirt") with { State = ProductState.Published, ExternalId = "p-1", Url = "https://shop.example/1" };
        await Ledger.SaveProductAsync(lease, published, Cancelled);

        var entries = await Ledger.ReadAsync(lease.Job, Cancelled);

        Assert.Equal([0, 1], entries.Images.Select(image => image.Index));
        Assert.Equivalent(stored, entries.Images[0]);
        Assert.Equal([Product("hoodie"), published], entries.Products);
    }

    [Fact]
    public async Task A_hash_that_is_none_is_refused()
    {
        var lease = await ClaimAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => Ledger.SaveImageAsync(lease, Image(0) with { Sha256 = "ABC" }, Cancelled));
    }

    [Fact]
    public async Task No_write_of_an_attempt_is_accepted_once_its_worker_lost_the_job()
    {
        var stale = await ClaimAsync("stale");
        await Ledger.BeginPurchaseAsync(stale, Intent(), Cancelled);
        Clock.Advance(Timings.LeaseLength);
        await Queue.MaintainAsync(Cancelled);

        await AssertEveryWriteIsRefusedAsync(stale);

        var successor = await ClaimAgainAsync("successor");
        await AssertEveryWriteIsRefusedAsync(stale);
        Assert.False((await Ledger.BeginPurchaseAsync(successor, Intent(), Cancelled)).IsNew);
        await Ledger.SettlePurchaseAsync(successor, Picture, "\"fresh\"", default, Cancelled);
        var entries = await Ledger.ReadAsync(stale.Job, Cancelled);
        Assert.Equal(("\"fresh\"", 0), (entries.Purchases[Picture].Result, entries.Purchases[Picture].Repeats));
        Assert.Empty(entries.Images);
        Assert.Empty(entries.Products);
    }

    [Fact]
    public async Task No_write_is_accepted_after_the_attempts_outcome()
    {
        var lease = await ClaimAsync();
        await Queue.FinishAsync(lease, new AttemptOutcome.Completed(), Cancelled);

        await AssertEveryWriteIsRefusedAsync(lease);
    }

    [Fact]
    public async Task What_an_attempt_recorded_is_there_for_the_next()
    {
        var first = await ClaimAsync();
        await Ledger.BeginPurchaseAsync(first, Intent(), Cancelled);
        await Ledger.SettlePurchaseAsync(first, Picture, "1", default, Cancelled);
        await Queue.FinishAsync(first, new AttemptOutcome.HandedBack(), Cancelled);

        var second = await ClaimAgainAsync("other");

        Assert.Equal(PurchaseState.Settled, (await Ledger.BeginPurchaseAsync(second, Intent(), Cancelled)).Record.State);
    }

    [Fact]
    public async Task A_jobs_log_keeps_its_newest_lines_in_order_even_of_lost_attempts()
    {
        var job = (await ClaimAsync()).Job;
        foreach (var message in new[] { "one", "two", "three" })
        {
            await Ledger.AppendLogAsync(job, Line(message), Cancelled);
        }

        Assert.Equal([Line("two"), Line("three")], await Ledger.ReadLogAsync(job, 2, Cancelled));
        Assert.Empty(await Ledger.ReadLogAsync(JobId.New(), 2, Cancelled));
        await Assert.ThrowsAsync<ArgumentException>(() => Ledger.AppendLogAsync(job, Line("x") with { Level = "shout" }, Cancelled));
    }

    [Fact]
    public async Task What_is_known_of_a_job_goes_when_the_queue_forgets_it()
    {
        var gone = await ClaimAsync();
        await Ledger.BeginPurchaseAsync(gone, Intent(), Cancelled);
        await Ledger.SaveImageAsync(gone, Image(0), Cancelled);
        await Ledger.SaveProductAsync(gone, Product("mug"), Cancelled);
        await Ledger.AppendLogAsync(gone.Job, Line("one"), Cancelled);
        var kept = await ClaimAsync();
        await Ledger.SaveImageAsync(kept, Image(0), Cancelled);

        // The one that runs is not forgotten.
        await Queue.FinishAsync(gone, new AttemptOutcome.Completed(), Cancelled);
        await Queue.AcknowledgeMirroredAsync(await Queue.ListUnmirroredAsync(_lane.InstallationId, 10, Cancelled), Cancelled);
        await Queue.ForgetAsync([gone.Job, kept.Job], forGood: false, Cancelled);
        await Ledger.AppendLogAsync(gone.Job, Line("too late"), Cancelled);

        var entries = await Ledger.ReadAsync(gone.Job, Cancelled);
        Assert.Equal((0, 0, 0), (entries.Purchases.Count, entries.Images.Count, entries.Products.Count));
        Assert.Empty(await Ledger.ReadLogAsync(gone.Job, 10, Cancelled));
        Assert.Single((await Ledger.ReadAsync(kept.Job, Cancelled)).Images);
    }

    [Fact]
    public async Task Log_lines_go_by_their_age()
    {
        var job = (await ClaimAsync()).Job;
        await Ledger.AppendLogAsync(job, Line("older"), Cancelled);
        Assert.Equal(0, await Ledger.ForgetLogsAsync(TimeSpan.FromDays(1), 100, Cancelled));

        Clock.Advance(TimeSpan.FromDays(2));
        await Ledger.AppendLogAsync(job, Line("old"), Cancelled);
        Clock.Advance(TimeSpan.FromHours(1));
        await Ledger.AppendLogAsync(job, Line("young"), Cancelled);
        Assert.Equal(1, await Ledger.ForgetLogsAsync(TimeSpan.FromDays(1), 100, Cancelled));

        Assert.Equal(["old", "young"], (await Ledger.ReadLogAsync(job, 10, Cancelled)).Select(line => line.Message));
    }

    [Fact]
    public async Task A_worker_whose_clock_is_a_year_off_changes_nothing_about_when_log_lines_go()
    {
        var job = (await ClaimAsync()).Job;
        await Ledger.AppendLogAsync(job, Line("ahead") with { Time = Clock.GetUtcNow() + TimeSpan.FromDays(365) }, Cancelled);
        await Ledger.AppendLogAsync(job, Line("behind") with { Time = Clock.GetUtcNow() - TimeSpan.FromDays(365) }, Cancelled);
        Assert.Equal([Line("ahead"), Line("behind")], await Ledger.ReadLogAsync(job, 10, Cancelled));
        Assert.Equal(0, await Ledger.ForgetLogsAsync(TimeSpan.FromDays(1), 1, Cancelled));

        Clock.Advance(TimeSpan.FromDays(2));
        while (await Ledger.ForgetLogsAsync(TimeSpan.FromDays(1), 1, Cancelled) > 0)
        {
        }

        Assert.Empty(await Ledger.ReadLogAsync(job, 10, Cancelled));
    }

    [Fact]
    public async Task Jobs_keep_their_entries_apart()
    {
        var one = await ClaimAsync();
        var other = await ClaimAsync();
        await Ledger.BeginPurchaseAsync(one, Intent(), Cancelled);

        Assert.True((await Ledger.BeginPurchaseAsync(other, Intent(), Cancelled)).IsNew);
        Assert.Single((await Ledger.ReadAsync(one.Job, Cancelled)).Purchases);
    }

    private async Task AssertEveryWriteIsRefusedAsync(JobLease lease)
    {
        await Assert.ThrowsAsync<LeaseLostException>(() => Ledger.BeginPurchaseAsync(lease, Intent(), Cancelled));
        await Assert.ThrowsAsync<LeaseLostException>(() => Ledger.RepeatPurchaseAsync(lease, Intent(), Cancelled));
        await Assert.ThrowsAsync<LeaseLostException>(() => Ledger.AttachRemoteAsync(lease, Picture, "x", Cancelled));
        await Assert.ThrowsAsync<LeaseLostException>(() => Ledger.SettlePurchaseAsync(lease, Picture, "\"stale\"", default, Cancelled));
        await Assert.ThrowsAsync<LeaseLostException>(() => Ledger.WithdrawPurchaseAsync(lease, Picture, Cancelled));
        await Assert.ThrowsAsync<LeaseLostException>(() => Ledger.SaveImageAsync(lease, Image(0), Cancelled));
        await Assert.ThrowsAsync<LeaseLostException>(() => Ledger.SaveProductAsync(lease, Product("mug"), Cancelled));
    }

    private async Task<JobLease> ClaimAsync(string worker = "worker")
    {
        var request = new JobRequest { Id = JobId.New(), Queue = _lane, Name = "job", Arguments = "{}" };
        await Queue.UpsertAsync([request], Cancelled);
        return await ClaimAgainAsync(worker);
    }

    private async Task<JobLease> ClaimAgainAsync(string worker)
    {
        await Queue.HeartbeatAsync(
            new WorkerHeartbeat { WorkerId = worker, Queue = _lane, Host = "host", Concurrency = 1, Held = [] }, Cancelled);
        return Assert.Single(await Queue.ClaimAsync(_lane, worker, 1, Cancelled)).Lease;
    }

    private async Task<PurchaseRecord> PurchaseAsync(JobLease lease) => (await Ledger.ReadAsync(lease.Job, Cancelled)).Purchases[Picture];

    private static PurchaseIntent Intent() => new() { Key = Picture, Request = """{"prompt":"cat"}""", Settles = TimeSpan.FromSeconds(60) };

    private static ImageRecord Image(int index) => new()
    {
        Index = index,
        Title = "Cat",
        Description = "A cat.",
        Tags = ["cat", "neon"],
        Prompt = "a cat",
        Seed = 42,
        Provenance = "{}",
    };

    private static ProductRecord Product(string type) => new()
    {
        ImageIndex = 0,
        ProductType = type,
        Platform = "printify",
        ShopId = 1,
        Title = "Cat",
        PriceCents = 1999,
        State = ProductState.Draft,
    };

    private LogLine Line(string message) => new("info", "worker", message) { Time = Clock.GetUtcNow() };
}
