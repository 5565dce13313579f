using Microsoft.Extensions.Logging.Abstractions;
using PodEngine.Kit;
using PodEngine.Queue.Bench.Consuming;
using PodEngine.Queue.InMemory;

namespace PodEngine.Queue.Bench.Tests.Consuming;

/// <summary>A consumer under test on a queue in memory, with a handler that the test lets end.</summary>
internal sealed class RunningConsumer : IAsyncDisposable
{
    private static readonly QueueKey Lane = new(Guid.NewGuid(), "tests", "default");
    private static readonly QueueTimings Timings = new() { HeartbeatInterval = TimeSpan.FromMilliseconds(50) };

    private readonly CancellationTokenSource _stop = new();
    private readonly JobConsumer _consumer;
    private readonly Task _running;

    private RunningConsumer(Func<JobConsumerOptions, JobConsumerOptions> options, Func<IJobQueue, IJobQueue> queue, JobHandler? handler)
    {
        Queue = new InMemoryJobQueue(TimeProvider.System, Timings);
        Seen = queue(Queue);
        Options = options(new JobConsumerOptions
        {
            Queue = Lane,
            WorkerId = "tests/1",
            Host = "tests",
            Timings = Timings,
            // Only wakes make it look.
            PollInterval = TimeSpan.FromHours(1),
        });
        _consumer = new JobConsumer(Options, Seen, handler ?? Script.RunAsync, TimeProvider.System, NullLogger.Instance);
        _running = _consumer.RunAsync(_stop.Token);
    }

    public JobConsumerOptions Options { get; }

    /// <summary>The store itself.</summary>
    public InMemoryJobQueue Queue { get; }

    /// <summary>The store as the consumer sees it.</summary>
    public IJobQueue Seen { get; }

    public ScriptedHandler Script { get; } = new();

    public int Held => _consumer.HeldCount;

    public static async Task<RunningConsumer> StartAsync(
        Func<JobConsumerOptions, JobConsumerOptions>? options = null, Func<IJobQueue, IJobQueue>? queue = null, JobHandler? handler = null)
    {
        var consumer = new RunningConsumer(options ?? (same => same), queue ?? (same => same), handler);
        await consumer._consumer.Registered;
        return consumer;
    }

    public async Task<IReadOnlyList<JobId>> SubmitAsync(int count)
    {
        var jobs = Enumerable.Range(0, count).Select(_ => JobId.New()).ToList();
        await Queue.UpsertAsync(
            [.. jobs.Select(job => new JobRequest { Id = job, Queue = Lane, Name = "job", Arguments = "{}" })], TestContext.Current.CancellationToken);
        return jobs;
    }

    public async Task<JobRecord> FindAsync(JobId job) => (await Queue.FindAsync(job, TestContext.Current.CancellationToken))!;

    public Task UntilAsync(IEnumerable<JobId> jobs, JobState state) => Eventually.Holds(
        async () =>
        {
            foreach (var job in jobs)
            {
                if ((await FindAsync(job)).State != state)
                {
                    return false;
                }
            }

            return true;
        },
        because: $"the jobs are {state}");

    public Task<QueueDepth> MeasureAsync() => Queue.MeasureAsync(Lane, TestContext.Current.CancellationToken);

    /// <summary>Asks the consumer to stop; the task ends once it has.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        Script.EndAll();
        await StopAsync();
        _consumer.Dispose();
        _stop.Dispose();
    }
}
