namespace PodEngine.Queue.Tests.Behaviour;

/// <summary>
/// The contract of <see cref="IJobQueue"/>, one test per promise. Every store passes the same suite: a subclass per store opens it.
/// </summary>
public abstract partial class JobQueueSuite(SettableClock clock) : IAsyncLifetime
{
    protected static readonly TimeSpan LeaseLength = TimeSpan.FromSeconds(10);

    protected SettableClock Clock { get; } = clock;

    protected QueueKey Lane { get; } = new(Guid.NewGuid(), "default", "default");

    protected IJobQueue Queue { get; private set; } = null!;

    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Queue = await OpenAsync(new QueueTimings { LeaseLength = LeaseLength });

        // No store rescues within a lease length of its own start: let it pass.
        Clock.Advance(LeaseLength);
        await Queue.MaintainAsync(Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A new empty store on <see cref="Clock"/>.</summary>
    protected abstract Task<IJobQueue> OpenAsync(QueueTimings timings);

    protected abstract ValueTask CloseAsync();

    protected JobRequest Request(string name = "job", int priority = 0) => new()
    {
        Id = JobId.New(),
        Queue = Lane,
        Name = name,
        Arguments = $$"""{"name":"{{name}}"}""",
        Priority = priority,
        Retry = new RetryPolicy { MaxRetries = 3, Delay = TimeSpan.FromSeconds(60) },
    };

    protected async Task<JobId> InsertAsync(JobRequest request)
    {
        await Queue.UpsertAsync([request], Cancelled);
        return request.Id;
    }

    protected Task<JobId> InsertAsync(string name = "job", int priority = 0) => InsertAsync(Request(name, priority));

    protected Task<HeartbeatReply> BeatAsync(string worker, params JobLease[] held) => Queue.HeartbeatAsync(
        new WorkerHeartbeat { WorkerId = worker, Queue = Lane, Host = "host", Concurrency = 5, Held = held },
        Cancelled);

    protected async Task<IReadOnlyList<ClaimedJob>> ClaimAsync(string worker = "worker", int limit = 1)
    {
        await BeatAsync(worker);
        return await Queue.ClaimAsync(Lane, worker, limit, Cancelled);
    }

    protected async Task<ClaimedJob> ClaimOneAsync(string worker = "worker") => Assert.Single(await ClaimAsync(worker));

    protected async Task<ClaimedJob> InsertAndClaimAsync(JobRequest? request = null, string worker = "worker")
    {
        var id = await InsertAsync(request ?? Request());
        var claimed = await ClaimOneAsync(worker);
        Assert.Equal(id, claimed.Lease.Job);
        return claimed;
    }

    protected Task<JobState?> FinishAsync(ClaimedJob job, AttemptOutcome outcome) => Queue.FinishAsync(job.Lease, outcome, Cancelled);

    protected async Task<JobRecord> ReadAsync(JobId job) =>
        await Queue.FindAsync(job, Cancelled) ?? throw new InvalidOperationException($"Job {job} is gone.");

    protected async Task<JobRecord> ReadAsync(ClaimedJob job) => await ReadAsync(job.Lease.Job);

    /// <summary>Lets time pass, then does the leader's duties.</summary>
    protected async Task<int> MaintainAfterAsync(TimeSpan wait)
    {
        Clock.Advance(wait);
        return await Queue.MaintainAsync(Cancelled);
    }

    protected static AttemptOutcome.Failed Failure(bool retryable = true, TimeSpan? retryAfter = null) =>
        new(new JobFailure("Provider", "ProviderUnavailable", "It is down.", retryable), retryAfter);
}
