using PodEngine.Queue.Postgres;
using PodEngine.Queue.Postgres.Connecting;

namespace PodEngine.Queue.Bench.Roles;

/// <summary>
/// A process that does for the queue what the operator's leader does beside the workers: the mirror and the maintenance. Without it a measurement would
/// leave out what a job really costs.
/// </summary>
internal sealed class BenchHost(IJobQueue queue, RoleSettings settings)
{
    private const int MirrorBatch = 500;
    private const int StatusWritesAtATime = 16;
    private static readonly TimeSpan MaintenanceInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Wake = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortestRound = TimeSpan.FromMilliseconds(50);

    private long _mirrored;
    private volatile bool _settling;

    /// <summary>Runs until told to stop.</summary>
    public static async Task RunAsync(RoleSettings settings)
    {
        using var lines = new OrderLines();
        using var stop = new CancellationTokenSource();
        await using var store = PostgresStore.Open(settings.Url);
        await using var queue = new PostgresJobQueue(store);
        var host = new BenchHost(queue, settings);
        var loops = Task.WhenAll(host.MirrorAsync(stop.Token), host.MaintainAsync(stop.Token));
        lines.Say(new Answer { Kind = Answer.Ready });
        while (await lines.NextAsync() is { Kind: not Order.Stop })
        {
            await host.SettledAsync();
            lines.Say(new Answer { Kind = Answer.Done, Count = Interlocked.Read(ref host._mirrored) });
        }

        await stop.CancelAsync();
        await loops.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lines.Say(new Answer { Kind = Answer.Stopped });
    }

    /// <summary>The operator's mirror, the API server left out but for its time.</summary>
    private async Task MirrorAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var jobs = await queue.ListUnmirroredAsync(BenchLane.Installation, MirrorBatch, cancellationToken);
            if (jobs.Count == 0)
            {
                await queue.WaitForChangesAsync(Wake, cancellationToken);
                await Task.Delay(ShortestRound, TimeProvider.System, cancellationToken);
                continue;
            }

            if (!_settling)
            {
                var writing = TimeSpan.FromMilliseconds(settings.StatusWriteMilliseconds * jobs.Count / StatusWritesAtATime);
                await Task.Delay(writing, TimeProvider.System, cancellationToken);
            }

            await queue.AcknowledgeMirroredAsync(jobs, cancellationToken);
            Interlocked.Add(ref _mirrored, jobs.Count);
        }
    }

    private async Task MaintainAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(MaintenanceInterval, TimeProvider.System);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            await queue.MaintainAsync(cancellationToken);
        }
    }

    /// <summary>Returns once there is nothing left to mirror. Then only the store's work counts, and the API server's time is left out.</summary>
    private async Task SettledAsync()
    {
        _settling = true;
        while (await queue.ListUnmirroredAsync(BenchLane.Installation, 1, CancellationToken.None) is not [])
        {
            await Task.Delay(ShortestRound, TimeProvider.System);
        }

        _settling = false;
    }
}
