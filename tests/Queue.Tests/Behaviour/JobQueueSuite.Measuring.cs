namespace PodEngine.Queue.Tests.Behaviour;

public abstract partial class JobQueueSuite
{
    /// <summary>The counts are kept beside the jobs, not counted: whatever happens, in whatever order, they must come to the same.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_measured_depth_is_what_counting_would_say_after_any_history(int seed)
    {
        var chance = new Random(seed);
        var known = new List<JobRequest>();
        var held = new List<ClaimedJob>();
        for (var step = 0; step < 60; step++)
        {
            await AnythingAsync(chance, known, held);
            if (step % 10 == 9)
            {
                await CompareAsync();
            }
        }

        await CompareAsync();
    }

    private async Task AnythingAsync(Random chance, List<JobRequest> known, List<ClaimedJob> held)
    {
        switch (chance.Next(8))
        {
            case 0 or 1:
                known.Add(Request() with
                {
                    Suspended = chance.Next(5) == 0,
                    LimitKey = chance.Next(3) == 0 ? "key" : null,
                    StartAfter = chance.Next(4) == 0 ? Clock.GetUtcNow() + TimeSpan.FromSeconds(20) : null,
                });
                await InsertAsync(known[^1]);
                break;
            case 2 when known.Count > 0:
                await Queue.CancelAsync(known[chance.Next(known.Count)].Id, "Cancelled", Cancelled);
                break;
            case 3 when known.Count > 0:
                var index = chance.Next(known.Count);
                known[index] = known[index] with { Generation = known[index].Generation + 1, Suspended = !known[index].Suspended, Priority = chance.Next(9) };
                await Queue.UpsertAsync([known[index]], Cancelled);
                break;
            case 4 when held.Count > 0:
                await FinishAsync(held[0], AnyOutcome(chance));
                held.RemoveAt(0);
                break;
            case 5:
                await MaintainAfterAsync(TimeSpan.FromSeconds(chance.Next(15)));
                break;
            case 6 when known.Count > 0:
                await MirrorAsync();
                await Queue.ForgetAsync([known[chance.Next(known.Count)].Id], chance.Next(2) == 0, Cancelled);
                break;
            default:
                held.AddRange(await ClaimAsync(limit: 1 + chance.Next(3)));
                break;
        }
    }

    private static AttemptOutcome AnyOutcome(Random chance) => chance.Next(7) switch
    {
        0 => Failure(),
        1 => Failure(retryable: false),
        2 => new AttemptOutcome.Snoozed(TimeSpan.FromSeconds(5), "Busy", HoldKey: true),
        3 => new AttemptOutcome.HandedBack(),
        4 => new AttemptOutcome.AwaitingApproval(TimeSpan.FromSeconds(30)),
        5 => new AttemptOutcome.Cancelled("Cancelled"),
        _ => new AttemptOutcome.Completed(),
    };

    private async Task CompareAsync()
    {
        var jobs = await Queue.ListAsync(Lane.InstallationId, null, 1000, Cancelled);
        var depth = await Queue.MeasureAsync(Lane, Cancelled);
        Assert.Equal(
            (jobs.Count(job => job.State is JobState.Queued),
                jobs.Count(job => job.State is JobState.Pending or JobState.Retrying),
                jobs.Count(job => job.State is JobState.Processing),
                jobs.Where(job => job.State is JobState.Queued).Min(job => (DateTimeOffset?)job.QueuedAt)),
            (depth.Waiting, depth.Scheduled, depth.Processing, depth.OldestWaitingSince));
    }
}
