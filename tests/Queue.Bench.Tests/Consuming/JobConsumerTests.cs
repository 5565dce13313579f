using System.Collections.Concurrent;
using PodEngine.Kit;
using PodEngine.Queue.Bench.Consuming;

namespace PodEngine.Queue.Bench.Tests.Consuming;

public sealed class JobConsumerTests
{
    [Fact]
    public async Task Every_job_is_run_once_and_completed()
    {
        var ran = new ConcurrentBag<JobId>();
        await using var consumer = await RunningConsumer.StartAsync(
            options => options with { Slots = 4, ClaimAhead = 10, MaxHeld = 20, ClaimBatch = 8 },
            handler: attempt =>
            {
                ran.Add(attempt.Lease.Job);
                return new ValueTask<AttemptOutcome?>(new AttemptOutcome.Completed());
            });

        var jobs = await consumer.SubmitAsync(500);

        await consumer.UntilAsync(jobs, JobState.Completed);
        Assert.Equal(jobs.Select(job => job.Value).Order(), ran.Select(job => job.Value).Order());
    }

    [Fact]
    public async Task Jobs_are_claimed_ahead_as_far_as_asked_and_run_only_in_slots()
    {
        await using var consumer = await RunningConsumer.StartAsync(options => options with { Slots = 2, ClaimAhead = 3 });

        var jobs = await consumer.SubmitAsync(20);

        await Eventually.Holds(() => consumer.Held == 5 && consumer.Script.Attempts.Count == 2);
        Assert.Equal(5, (await consumer.MeasureAsync()).Processing);
        consumer.Script.EndAll();
        await consumer.UntilAsync(jobs, JobState.Completed);
        Assert.Equal(2, consumer.Script.MostAtATime);
    }

    [Fact]
    public async Task Nothing_is_claimed_ahead_unless_asked_for()
    {
        await using var consumer = await RunningConsumer.StartAsync(options => options with { Slots = 3 });

        await consumer.SubmitAsync(10);

        await Eventually.Holds(() => consumer.Script.Attempts.Count == 3);
        Assert.Equal((3, 7), ((await consumer.MeasureAsync()).Processing, (await consumer.MeasureAsync()).Waiting));
    }

    [Fact]
    public async Task No_more_jobs_are_held_than_allowed_and_a_job_is_held_until_its_outcome_is_accepted()
    {
        var answers = new TaskCompletionSource();
        await using var consumer = await RunningConsumer.StartAsync(
            options => options with { Slots = 2, MaxHeld = 2 }, queue =>
            {
                var store = HeldBackQueue.Before(queue);
                store.ReportAnswers = answers.Task;
                return store.Queue;
            });
        consumer.Script.EndAll();

        var jobs = await consumer.SubmitAsync(6);

        await Eventually.Holds(() => consumer.Script.Attempts.Count == 2);
        Assert.Equal((2, 4), ((await consumer.MeasureAsync()).Processing, (await consumer.MeasureAsync()).Waiting));
        answers.SetResult();
        await consumer.UntilAsync(jobs, JobState.Completed);
    }

    [Fact]
    public async Task A_slot_is_free_again_while_the_outcome_is_being_reported()
    {
        var answers = new TaskCompletionSource();
        await using var consumer = await RunningConsumer.StartAsync(
            options => options with { Slots = 1 },
            queue =>
            {
                var store = HeldBackQueue.Before(queue);
                store.ReportAnswers = answers.Task;
                return store.Queue;
            });
        consumer.Script.EndAll();

        var jobs = await consumer.SubmitAsync(5);

        await Eventually.Holds(() => consumer.Script.Attempts.Count == 5);
        answers.SetResult();
        await consumer.UntilAsync(jobs, JobState.Completed);
    }

    [Fact]
    public async Task Stopping_hands_unstarted_jobs_back_at_once_while_running_ones_go_on()
    {
        await using var consumer = await RunningConsumer.StartAsync(options => options with { Slots = 1, ClaimAhead = 3 });
        consumer.Script.HandsBack = false;
        var jobs = await consumer.SubmitAsync(4);
        await Eventually.Holds(() => consumer.Held == 4 && consumer.Script.Attempts.Count == 1);
        var running = consumer.Script.Attempts.Keys.Single();

        var stopped = consumer.StopAsync();

        await consumer.UntilAsync(jobs.Where(job => job != running), JobState.Queued);
        Assert.Equal(JobState.Processing, (await consumer.FindAsync(running)).State);
        consumer.Script.EndAll();
        await stopped;
        Assert.Equal(JobState.Completed, (await consumer.FindAsync(running)).State);
        Assert.All(jobs.Where(job => job != running), job => Assert.Equal(0, consumer.FindAsync(job).Result.Attempts));
    }

    [Fact]
    public async Task A_running_handler_is_told_that_the_consumer_stops_and_may_hand_back()
    {
        await using var consumer = await RunningConsumer.StartAsync();
        var jobs = await consumer.SubmitAsync(1);
        await Eventually.Holds(() => consumer.Script.Attempts.Count == 1);

        await consumer.StopAsync();

        Assert.Equal((JobState.Queued, 0), ((await consumer.FindAsync(jobs[0])).State, (await consumer.FindAsync(jobs[0])).Attempts));
    }

    [Fact]
    public async Task What_still_runs_after_the_drain_is_ended_and_handed_back()
    {
        await using var consumer = await RunningConsumer.StartAsync(options => options with { Drain = TimeSpan.FromMilliseconds(50) });
        consumer.Script.HandsBack = false;
        var jobs = await consumer.SubmitAsync(1);
        await Eventually.Holds(() => consumer.Script.Attempts.Count == 1);

        await consumer.StopAsync();

        Assert.Equal(AttemptEnd.HandBack, consumer.Script.Attempts[jobs[0]].Reason);
        Assert.Equal(JobState.Queued, (await consumer.FindAsync(jobs[0])).State);
    }

    [Fact]
    public async Task What_a_claim_brings_after_the_stop_goes_back_unstarted()
    {
        var answers = new TaskCompletionSource();
        var store = default(HeldBackQueue);
        await using var consumer = await RunningConsumer.StartAsync(queue: queue => (store = HeldBackQueue.Before(queue)).Queue);
        await Eventually.Holds(() => store!.Claims == 1);
        store!.ClaimAnswers = answers.Task;
        var jobs = await consumer.SubmitAsync(2);
        await consumer.UntilAsync(jobs, JobState.Processing);

        var stopped = consumer.StopAsync();
        answers.SetResult();
        await stopped;

        await consumer.UntilAsync(jobs, JobState.Queued);
        Assert.Empty(consumer.Script.Attempts);
    }

    [Fact]
    public async Task A_cancelled_job_ends_its_handler_and_is_cancelled()
    {
        await using var consumer = await RunningConsumer.StartAsync();
        var jobs = await consumer.SubmitAsync(1);
        await Eventually.Holds(() => consumer.Script.Attempts.Count == 1);

        await consumer.Queue.CancelAsync(jobs[0], "Cancelled", TestContext.Current.CancellationToken);

        await consumer.UntilAsync(jobs, JobState.Cancelled);
        Assert.Equal(AttemptEnd.Cancelled, consumer.Script.Attempts[jobs[0]].Reason);
    }

    [Fact]
    public async Task A_handler_whose_lease_is_lost_is_ended_and_says_nothing()
    {
        await using var consumer = await RunningConsumer.StartAsync(options => options with { Slots = 1 });
        var jobs = await consumer.SubmitAsync(1);
        await Eventually.Holds(() => consumer.Script.Attempts.Count == 1);
        var first = consumer.Script.Attempts[jobs[0]];

        await consumer.Queue.DeregisterAsync(consumer.Options.WorkerId, TestContext.Current.CancellationToken);

        await Eventually.Holds(() => consumer.Script.Attempts[jobs[0]] != first, because: "the job is claimed again, under another lease");
        Assert.Equal(AttemptEnd.LeaseLost, first.Reason);
        Assert.Equal(JobState.Processing, (await consumer.FindAsync(jobs[0])).State);
    }

    [Fact]
    public async Task A_handler_that_throws_fails_its_attempt_and_the_consumer_goes_on()
    {
        await using var consumer = await RunningConsumer.StartAsync(handler: _ => throw new InvalidDataException("a defect"));

        var jobs = await consumer.SubmitAsync(2);

        await consumer.UntilAsync(jobs, JobState.Retrying);
        Assert.Contains("InvalidDataException", (await consumer.FindAsync(jobs[0])).Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_outcome_is_reported_again_until_the_store_is_back()
    {
        var store = default(HeldBackQueue);
        await using var consumer = await RunningConsumer.StartAsync(queue: queue => (store = HeldBackQueue.Before(queue)).Queue);
        store!.FailReports(2);
        consumer.Script.EndAll();

        var jobs = await consumer.SubmitAsync(1);

        await consumer.UntilAsync(jobs, JobState.Completed);
        Assert.Single(consumer.Script.Attempts);
    }

    [Fact]
    public async Task A_lane_found_empty_is_not_asked_again_before_a_wake()
    {
        var store = default(HeldBackQueue);
        await using var consumer = await RunningConsumer.StartAsync(queue: queue => (store = HeldBackQueue.Before(queue)).Queue);
        consumer.Script.EndAll();
        await Eventually.Holds(() => store!.Claims == 1);

        await consumer.UntilAsync(await consumer.SubmitAsync(1), JobState.Completed);
        await Eventually.Holds(() => consumer.Held == 0);

        // One that found nothing at the start, one for each wake since: of the job itself and, at most, of its end.
        Assert.InRange(store!.Claims, 2, 3);
    }

    [Fact]
    public async Task A_consumer_that_was_asked_to_drain_claims_nothing_and_leaves_nothing_behind()
    {
        await using var consumer = await RunningConsumer.StartAsync();
        await consumer.StopAsync();

        var jobs = await consumer.SubmitAsync(1);

        Assert.Equal(JobState.Queued, (await consumer.FindAsync(jobs[0])).State);
        Assert.Equal(0, (await consumer.MeasureAsync()).Workers);
    }
}
