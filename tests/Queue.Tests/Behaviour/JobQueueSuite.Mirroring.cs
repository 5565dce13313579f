namespace PodEngine.Queue.Tests.Behaviour;

public abstract partial class JobQueueSuite
{
    [Fact]
    public async Task Every_change_is_unmirrored_until_it_is_acknowledged()
    {
        var id = await InsertAsync();
        var inserted = Assert.Single(await UnmirroredAsync());
        Assert.Equal(id, inserted.Job.Id);
        await AcknowledgeAsync(inserted);
        Assert.Empty(await UnmirroredAsync());

        var claimed = await ClaimOneAsync();
        await AcknowledgeAsync(Assert.Single(await UnmirroredAsync(), job => job.Job.State == JobState.Processing));
        await Queue.ReportProgressAsync(claimed.Lease, new JobProgress(10, "prompts"), Cancelled);
        await AcknowledgeAsync(Assert.Single(await UnmirroredAsync(), job => job.Job.Progress?.Percent == 10));
        await FinishAsync(claimed, new AttemptOutcome.Completed());
        await AcknowledgeAsync(Assert.Single(await UnmirroredAsync(), job => job.Job.State == JobState.Completed));
        Assert.Empty(await UnmirroredAsync());
    }

    [Fact]
    public async Task A_change_between_listing_and_acknowledging_stays_unmirrored()
    {
        var id = await InsertAsync();
        var listed = Assert.Single(await UnmirroredAsync());
        await Queue.CancelAsync(id, "Cancelled", Cancelled);

        await AcknowledgeAsync(listed);

        var still = Assert.Single(await UnmirroredAsync());
        Assert.Equal(JobState.Cancelled, still.Job.State);
        await AcknowledgeAsync(still);
        Assert.Empty(await UnmirroredAsync());
    }

    [Fact]
    public async Task Finished_jobs_are_mirrored_first()
    {
        await InsertAsync("a");
        var ended = await InsertAsync("b");
        await InsertAsync("c");
        await Queue.CancelAsync(ended, "Cancelled", Cancelled);

        Assert.Equal(ended, Assert.Single(await Queue.ListUnmirroredAsync(Lane.InstallationId, 1, Cancelled)).Job.Id);
        Assert.Equal(3, (await UnmirroredAsync()).Count);
    }

    [Fact]
    public async Task Installations_mirror_their_own_jobs()
    {
        await InsertAsync(Request() with { Queue = Lane with { InstallationId = Guid.NewGuid() } });

        Assert.Empty(await UnmirroredAsync());
    }

    [Fact]
    public async Task What_changes_nothing_leaves_nothing_to_mirror()
    {
        var request = Request();
        await InsertAsync(request);
        await AcknowledgeAsync([.. await UnmirroredAsync()]);

        await Queue.UpsertAsync([request], Cancelled);
        await Queue.MaintainAsync(Cancelled);
        await BeatAsync("worker");

        Assert.Empty(await UnmirroredAsync());
    }

    private Task<IReadOnlyList<UnmirroredJob>> UnmirroredAsync() => Queue.ListUnmirroredAsync(Lane.InstallationId, 100, Cancelled);

    private Task AcknowledgeAsync(params UnmirroredJob[] jobs) => Queue.AcknowledgeMirroredAsync(jobs, Cancelled);
}
