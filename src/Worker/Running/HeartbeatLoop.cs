using PodEngine.Pipeline.Attempts;
using PodEngine.Queue;

namespace PodEngine.Worker.Running;

/// <summary>
/// Says every <see cref="QueueTimings.HeartbeatInterval"/> that the worker lives, and passes on what it is told: leases lost, jobs to cancel or park.
/// <para>Trust: a heartbeat that fails, or is not answered within half the lease, puts every held job in doubt until one succeeds; a job in doubt starts
/// no side effect. That is before the lease runs out, by whoever's clock.</para>
/// </summary>
internal sealed class HeartbeatLoop(
    WorkerOptions options, IJobQueue queue, HeldJobs held, OutcomeTally tally, StoreWatch store, TimeProvider time, ILogger logger)
{
    // A wake asks for a beat at once so that cancels are quick; a busy lane wakes all the time, which must not become a beat each.
    private static readonly TimeSpan MinSpacing = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan FirstAnswer = TimeSpan.FromSeconds(15);
    private readonly WakeSignal _beatNow = new();
    private readonly TaskCompletionSource _registered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastSuccess;
    private volatile bool _drainRequested;

    // Before the first accepted heartbeat there is nothing to lose: a slow first connection gets its time.
    private TimeSpan AnswerDeadline => _registered.Task.IsCompleted ? options.Timings.LeaseLength / 2 : FirstAnswer;

    private TimeSpan Interval => held.Count > 0 && !queue.IsListening && options.Timings.HeartbeatIntervalPolling < options.Timings.HeartbeatInterval
        ? options.Timings.HeartbeatIntervalPolling
        : options.Timings.HeartbeatInterval;

    private TimeSpan Spacing => MinSpacing < Interval / 2 ? MinSpacing : Interval / 2;

    /// <summary>Ends with the first accepted heartbeat.</summary>
    public Task Registered => _registered.Task;

    /// <summary>True once the store asked this worker to stop claiming.</summary>
    public bool DrainRequested => _drainRequested;

    /// <summary>Written by the host, read by every beat.</summary>
    public bool Draining { get; set; }

    /// <summary>True while the last accepted heartbeat is younger than the lease.</summary>
    public bool IsFresh => Volatile.Read(ref _lastSuccess) is var last && last != 0 && time.GetElapsedTime(last) < options.Timings.LeaseLength;

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
            var reply = await queue.HeartbeatAsync(Beat(), either.Token);
            Accept(reply, asked);
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException)
        {
            Doubt(new QueueUnavailableException($"No answer to a heartbeat within {AnswerDeadline.TotalSeconds:0.#} s."));
            return false;
        }
        catch (QueueUnavailableException away)
        {
            Doubt(away);
            return false;
        }
#pragma warning disable CA1031 // The heartbeat must outlive any defect: without it every job of the worker is rescued.
        catch (Exception defect)
        {
            Log.HeartbeatDefect(logger, defect);
            Doubt(defect);
            return false;
        }
#pragma warning restore CA1031
    }

    private WorkerHeartbeat Beat() => new()
    {
        WorkerId = options.WorkerId,
        Queue = options.Queue,
        Host = options.Host,
        Concurrency = options.Concurrency,
        Held = held.Leases,
        Draining = Draining || _drainRequested || options.Hold,
        JobsCompleted = tally.Completed,
        AttemptsFailed = tally.Failed,
    };

    private void Accept(HeartbeatReply reply, long asked)
    {
        Volatile.Write(ref _lastSuccess, asked);
        store.Back();
        foreach (var lease in reply.Lost)
        {
            held.Find(lease)?.Control.Stop(StopReason.LeaseLost);
        }

        foreach (var lease in reply.CancelRequested)
        {
            held.Find(lease)?.Control.Stop(StopReason.Cancelled);
        }

        foreach (var lease in reply.SuspendRequested)
        {
            held.Find(lease)?.Control.Suspend();
        }

        foreach (var job in held.All)
        {
            job.Control.Renewed();
        }

        NoteDrain(reply.DrainRequested);
        if (_registered.TrySetResult())
        {
            Log.Registered(logger, options.WorkerId, options.Queue, options.Concurrency);
        }
    }

    private void NoteDrain(bool requested)
    {
        if (requested == _drainRequested)
        {
            return;
        }

        _drainRequested = requested;
        if (requested)
        {
            Log.DrainRequested(logger, options.WorkerId);
        }
        else
        {
            Log.DrainLifted(logger, options.WorkerId);
        }
    }

    private void Doubt(Exception cause)
    {
        store.Away(cause);
        foreach (var job in held.All)
        {
            job.Control.Doubt();
        }
    }
}
