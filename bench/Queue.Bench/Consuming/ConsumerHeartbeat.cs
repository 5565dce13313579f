using Microsoft.Extensions.Logging;

namespace PodEngine.Queue.Bench.Consuming;

/// <summary>
/// Says every <see cref="QueueTimings.HeartbeatInterval"/> that the process lives, and passes on what it is told: leases lost, jobs to cancel or park,
/// to stop claiming. A beat that fails leaves the leases in doubt, see <see cref="LeaseTrust"/>; nothing is given up before the store says so.
/// </summary>
internal sealed class ConsumerHeartbeat(
    JobConsumerOptions options, IJobQueue queue, HeldAttempts held, JobClaims claims, LeaseTrust trust, TimeProvider time, ILogger logger)
{
    // A busy lane wakes all the time, which must not become a beat each.
    private static readonly TimeSpan MostSpacing = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan FirstAnswer = TimeSpan.FromSeconds(15);
    private readonly WakeSignal _beatNow = new();
    private readonly TaskCompletionSource _registered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends with the first accepted heartbeat.</summary>
    public Task Registered => _registered.Task;

    /// <summary>Written once the consumer stops, sent with every beat.</summary>
    public bool Draining { get; set; }

    // Where no wake tells of a cancel, only beats do.
    private TimeSpan Interval => held.Count > 0 && !queue.IsListening && options.Timings.HeartbeatIntervalPolling < options.Timings.HeartbeatInterval
        ? options.Timings.HeartbeatIntervalPolling
        : options.Timings.HeartbeatInterval;

    private TimeSpan Spacing => MostSpacing < Interval / 2 ? MostSpacing : Interval / 2;

    // Before the first accepted heartbeat there is nothing to lose: a slow first connection gets its time.
    private TimeSpan AnswerDeadline => Registered.IsCompleted ? options.Timings.LeaseLength / 2 : FirstAnswer;

    /// <summary>Beats soon, without waiting for the interval.</summary>
    public void BeatNow() => _beatNow.Set();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var backoff = new StoreBackoff(time);
        while (!cancellationToken.IsCancellationRequested)
        {
            if (await BeatAsync(cancellationToken))
            {
                backoff.Reset();
                await Task.Delay(Spacing, time, cancellationToken);
                await _beatNow.WaitAsync(Interval - Spacing, time, cancellationToken);
            }
            else
            {
                await backoff.WaitAsync(cancellationToken);
            }
        }
    }

    private async Task<bool> BeatAsync(CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        using var deadline = new CancellationTokenSource(AnswerDeadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            Accept(await queue.HeartbeatAsync(Beat(), either.Token), asked);
            return true;
        }
        catch (Exception failure) when (failure is QueueUnavailableException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            Log.StoreAway(logger, failure.Message);
            return false;
        }
#pragma warning disable CA1031 // The heartbeat must outlive any defect: without it every job of the worker is rescued.
        catch (Exception defect) when (!cancellationToken.IsCancellationRequested)
        {
            Log.LoopDefect(logger, "heartbeat", defect);
            return false;
        }
#pragma warning restore CA1031
    }

    private WorkerHeartbeat Beat() => new()
    {
        WorkerId = options.WorkerId,
        Queue = options.Queue,
        Host = options.Host,
        Concurrency = options.Slots,
        Held = held.Leases,
        Draining = Draining || claims.Paused,
    };

    private void Accept(HeartbeatReply reply, long asked)
    {
        trust.Confirm(asked);
        foreach (var lease in reply.Lost)
        {
            held.Find(lease)?.End(AttemptEnd.LeaseLost);
        }

        foreach (var lease in reply.CancelRequested)
        {
            held.Find(lease)?.End(AttemptEnd.Cancelled);
        }

        foreach (var lease in reply.SuspendRequested)
        {
            held.Find(lease)?.Suspend();
        }

        claims.Paused = reply.DrainRequested;
        claims.Look();
        _registered.TrySetResult();
    }
}
