namespace PodEngine.Queue.Tests.Behaviour;

public abstract partial class JobQueueSuite
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    [Fact]
    public async Task Jobs_expire_by_their_end()
    {
        var first = await InsertAsync("first");
        var second = await InsertAsync("second");
        await InsertAsync("waiting");
        await Queue.CancelAsync(second, "Cancelled", Cancelled);
        Clock.Advance(TimeSpan.FromHours(1));
        await Queue.CancelAsync(first, "Cancelled", Cancelled);
        await MirrorAsync();
        Assert.Empty(await ExpiredAsync());

        Clock.Advance(Kept);
        Assert.Equal([second], await ExpiredAsync());
        Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(new[] { first, second }.Order(ById), (await ExpiredAsync()).Order(ById));
        Assert.Single(await Queue.ListExpiredAsync(Lane.InstallationId, Kept, 1, Cancelled));
        Assert.Empty(await Queue.ListExpiredAsync(Guid.NewGuid(), Kept, 10, Cancelled));
    }

    [Fact]
    public async Task A_forgotten_job_is_gone_and_applying_it_again_runs_nothing()
    {
        var request = Request();
        await FinishAsync(await InsertAndClaimAsync(request), new AttemptOutcome.Completed());
        await MirrorAsync();
        await Queue.ForgetAsync([request.Id], forGood: false, Cancelled);
        Assert.Null(await Queue.FindAsync(request.Id, Cancelled));

        Assert.Equal([UpsertOutcome.Unchanged], await Queue.UpsertAsync([request with { Generation = 2, Priority = 4 }], Cancelled));

        Assert.Null(await Queue.FindAsync(request.Id, Cancelled));
        Assert.Empty(await ClaimAsync());
        Assert.Empty(await UnmirroredAsync());
    }

    [Fact]
    public async Task A_forgotten_job_runs_again_from_the_start_when_its_retry_token_changes()
    {
        var request = Request();
        await FinishAsync(await InsertAndClaimAsync(request), new AttemptOutcome.Completed());
        await MirrorAsync();
        await Queue.ForgetAsync([request.Id], forGood: false, Cancelled);

        Assert.Equal([UpsertOutcome.Inserted], await Queue.UpsertAsync([request with { Generation = 2, RetryToken = "again" }], Cancelled));

        Assert.Equal(1, (await ClaimOneAsync()).Attempt);
    }

    [Fact]
    public async Task A_job_forgotten_for_good_is_a_new_one_when_it_comes_again()
    {
        var request = Request();
        await FinishAsync(await InsertAndClaimAsync(request), new AttemptOutcome.Completed());
        await MirrorAsync();
        await Queue.ForgetAsync([request.Id], forGood: true, Cancelled);

        Assert.Equal([UpsertOutcome.Inserted], await Queue.UpsertAsync([request], Cancelled));
    }

    [Fact]
    public async Task A_job_that_is_gone_already_can_be_forgotten_for_good()
    {
        var request = Request();
        await FinishAsync(await InsertAndClaimAsync(request), new AttemptOutcome.Completed());
        await MirrorAsync();
        await Queue.ForgetAsync([request.Id], forGood: false, Cancelled);

        await Queue.ForgetAsync([request.Id, JobId.New()], forGood: true, Cancelled);

        Assert.Equal([UpsertOutcome.Inserted], await Queue.UpsertAsync([request], Cancelled));
    }

    [Fact]
    public async Task Only_finished_jobs_can_be_forgotten()
    {
        var waiting = await InsertAsync();
        var running = await InsertAndClaimAsync(Request("running", priority: 1));

        await Queue.ForgetAsync([waiting, running.Lease.Job], forGood: true, Cancelled);

        Assert.Equal(JobState.Queued, (await ReadAsync(waiting)).State);
        Assert.Equal(JobState.Completed, await FinishAsync(running, new AttemptOutcome.Completed()));
    }

    [Fact]
    public async Task A_job_whose_end_the_mirror_has_not_written_is_kept_until_it_has()
    {
        var running = await InsertAndClaimAsync();
        await MirrorAsync();
        await FinishAsync(running, new AttemptOutcome.Completed());
        var end = Assert.Single(await UnmirroredAsync());
        Clock.Advance(2 * Kept);

        Assert.Empty(await ExpiredAsync());
        await Queue.ForgetAsync([running.Lease.Job], forGood: false, Cancelled);
        await Queue.ForgetAsync([running.Lease.Job], forGood: true, Cancelled);
        Assert.Equal(JobState.Completed, Assert.Single(await UnmirroredAsync()).Job.State);

        await AcknowledgeAsync(end);
        Assert.Equal([running.Lease.Job], await ExpiredAsync());
        await Queue.ForgetAsync([running.Lease.Job], forGood: false, Cancelled);
        Assert.Null(await Queue.FindAsync(running.Lease.Job, Cancelled));
    }

    private async Task MirrorAsync() => await AcknowledgeAsync([.. await UnmirroredAsync()]);

    private Task<IReadOnlyList<JobId>> ExpiredAsync() => Queue.ListExpiredAsync(Lane.InstallationId, Kept, 10, Cancelled);
}
