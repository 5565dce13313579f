using PodEngine.Kit;
using PodEngine.Queue;

namespace PodEngine.Worker.Tests.Running;

/// <summary>What becomes of jobs that wait beside a worker.</summary>
public sealed class WaitingJobsTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Five_jobs_run_at_a_time_unless_the_pool_says_otherwise()
    {
        await using var worker = RunningWorker.Start();
        var jobs = new List<JobId>();
        for (var i = 0; i < 7; i++)
        {
            jobs.Add(await worker.SubmitAsync());
        }

        await Eventually.Holds(() => worker.Pipeline.Controls.Count == 5);
        jobs.ForEach(job => worker.Pipeline.End(job, new AttemptOutcome.Completed()));

        foreach (var job in jobs)
        {
            await worker.UntilAsync(job, JobState.Completed);
        }

        Assert.Equal(5, worker.Pipeline.MostAtATime);
    }

    [Fact]
    public async Task A_retry_that_falls_due_is_run_by_an_idle_worker_without_anything_new_being_asked_for()
    {
        await using var worker = RunningWorker.Start();
        var job = await worker.SubmitAsync(new RetryPolicy { MaxRetries = 1, Delay = TimeSpan.FromMilliseconds(300) });
        worker.Pipeline.End(job, new AttemptOutcome.Failed(new JobFailure("Provider", "ProviderUnavailable", "It is down.", true)));
        await worker.UntilAsync(job, JobState.Retrying);

        await Eventually.Holds(async () => await worker.Queue.MaintainAsync(Cancelled) > 0, because: "the retry falls due");

        await worker.UntilAsync(job, JobState.Failed);
        Assert.Equal(2, (await worker.FindAsync(job)).Attempts);
    }

    [Fact]
    public async Task A_stopping_worker_starts_nothing_that_waits()
    {
        await using var worker = RunningWorker.Start(options => options with { Concurrency = 1 });
        var running = await worker.RunningJobAsync();
        var waiting = await worker.SubmitAsync();

        var stopped = worker.StopAsync();
        await Eventually.Holds(() => worker.Pipeline.Controls[running].DrainRequested);
        worker.Pipeline.End(running, new AttemptOutcome.Completed());
        await stopped;

        Assert.Equal(JobState.Completed, (await worker.FindAsync(running)).State);
        Assert.Equal((JobState.Queued, (string?)null), ((await worker.FindAsync(waiting)).State, (await worker.FindAsync(waiting)).Worker));
        Assert.DoesNotContain(waiting, worker.Pipeline.Controls.Keys);
    }
}
