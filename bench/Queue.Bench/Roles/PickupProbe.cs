using PodEngine.Queue.Postgres;
using PodEngine.Queue.Postgres.Connecting;

namespace PodEngine.Queue.Bench.Roles;

/// <summary>
/// A process that measures how fast a new job is picked up while others wait that must not be worked off, or there would soon be no backlog: at every
/// wake it claims one job at a time until it gets one that is not new, or none. A job of the backlog has a small number, a new one that of its moment.
/// </summary>
internal static class PickupProbe
{
    private const long SmallestNew = 1_000_000_000;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly AttemptOutcome Done = new AttemptOutcome.Completed();

    /// <summary>Runs until told to stop.</summary>
    public static async Task RunAsync(RoleSettings settings)
    {
        using var lines = new OrderLines();
        using var stop = new CancellationTokenSource();
        await using var store = PostgresStore.Open(settings.Url);
        await using var queue = new PostgresJobQueue(store);
        var handled = new HandledJobs(timed: true);
        var worker = $"probe/{Environment.ProcessId}/{Guid.NewGuid():N}";
        lines.Say(new Answer { Kind = Answer.Ready });
        var loops = Task.CompletedTask;
        while (await lines.NextAsync() is { Kind: not Order.Stop } order)
        {
            if (order.Kind == Order.Go)
            {
                await BeatAsync(queue, worker);
                loops = Task.WhenAll(BeatForeverAsync(queue, worker, stop.Token), ProbeAsync(queue, worker, handled, stop.Token));
                lines.Say(new Answer { Kind = Answer.Done });
            }
            else
            {
                lines.Say(handled.Report());
            }
        }

        await stop.CancelAsync();
        await loops.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await queue.DeregisterAsync(worker, CancellationToken.None);
        lines.Say(new Answer { Kind = Answer.Stopped });
    }

    private static async Task ProbeAsync(PostgresJobQueue queue, string worker, HandledJobs handled, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            while (await queue.ClaimAsync(BenchLane.Queue, worker, 1, stop) is [var job])
            {
                var number = BenchJob.NumberOf(job.Arguments);
                if (number >= SmallestNew)
                {
                    handled.Add(number);
                }

                await queue.FinishAsync(job.Lease, Done, stop);
                if (number < SmallestNew)
                {
                    break;
                }
            }

            await queue.WaitForWorkAsync(BenchLane.Queue, Poll, stop);
        }
    }

    private static async Task BeatForeverAsync(PostgresJobQueue queue, string worker, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(new QueueTimings().HeartbeatInterval, TimeProvider.System);
        while (await timer.WaitForNextTickAsync(stop))
        {
            await BeatAsync(queue, worker);
        }
    }

    private static Task<HeartbeatReply> BeatAsync(PostgresJobQueue queue, string worker) => queue.HeartbeatAsync(
        new WorkerHeartbeat { WorkerId = worker, Queue = BenchLane.Queue, Host = "bench", Concurrency = 1, Held = [] }, CancellationToken.None);
}
