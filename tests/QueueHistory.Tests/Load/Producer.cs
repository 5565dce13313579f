using System.Collections.Concurrent;
using PodEngine.Queue;

namespace PodEngine.QueueHistory.Tests.Load;

/// <summary>Inserts jobs for as long as the run goes, cancels some and parks some for a while.</summary>
internal sealed class Producer(IJobQueue queue, QueueKey lane, Random chance)
{
    private const int JobsAtATime = 4;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300);

    private readonly ConcurrentDictionary<JobId, bool> _cancelled = new();
    private readonly List<Task> _steering = [];
    private readonly List<JobId> _jobs = [];

    /// <summary>All jobs the queue has accepted.</summary>
    public IReadOnlyCollection<JobId> Jobs => _jobs;

    /// <summary>Those somebody wanted cancelled.</summary>
    public IReadOnlySet<JobId> Cancelled => _cancelled.Keys.ToHashSet();

    /// <summary>Returns when it has inserted its last job and no job is parked any more.</summary>
    public async Task RunAsync(TimeSpan length, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(Interval, TimeProvider.System);
        while (TimeProvider.System.GetElapsedTime(started) < length)
        {
            var requests = Enumerable.Range(0, JobsAtATime).Select(_ => Draw()).ToList();
            await Persistence.AskAsync(() => queue.UpsertAsync(requests, cancellationToken), cancellationToken);
            foreach (var request in requests)
            {
                _jobs.Add(request.Id);
                _steering.Add(SteerAsync(request, kind: chance.Next(100), Seconds(3), Seconds(3), cancellationToken));
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }

        await Task.WhenAll(_steering);
    }

    private JobRequest Draw() => new()
    {
        Id = JobId.New(),
        Queue = lane,
        Name = "history",
        Arguments = "{}",
        Priority = chance.Next(-3, 4),
        StartAfter = chance.Next(20) == 0 ? TimeProvider.System.GetUtcNow() + Seconds(2) : null,
        Retry = new RetryPolicy { MaxRetries = 4, Delay = TimeSpan.FromMilliseconds(200), MaxDelay = TimeSpan.FromSeconds(1) },
    };

    private async Task SteerAsync(JobRequest request, int kind, TimeSpan first, TimeSpan then, CancellationToken cancellationToken)
    {
        if (kind < 6)
        {
            await Task.Delay(first, TimeProvider.System, cancellationToken);
            _cancelled[request.Id] = true;
            await Persistence.AskAsync(() => queue.CancelAsync(request.Id, "History", cancellationToken), cancellationToken);
        }
        else if (kind < 14)
        {
            await Task.Delay(first, TimeProvider.System, cancellationToken);
            await ApplyAsync(request with { Generation = 2, Suspended = true }, cancellationToken);
            await Task.Delay(then, TimeProvider.System, cancellationToken);
            await ApplyAsync(request with { Generation = 3 }, cancellationToken);
        }
    }

    private async Task ApplyAsync(JobRequest request, CancellationToken cancellationToken) =>
        await Persistence.AskAsync(() => queue.UpsertAsync([request], cancellationToken), cancellationToken);

    private TimeSpan Seconds(double longest) => TimeSpan.FromSeconds(longest * chance.NextDouble());
}
