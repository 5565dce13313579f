using Microsoft.Extensions.Logging;

namespace PodEngine.Queue.Bench.Consuming;

/// <summary>
/// Claims jobs while there is room for them. After a claim that came back empty the next waits for a wake, or for the poll interval; one that came back
/// short may only have met another claim of the same moment.
/// <para>One claim is under way at a time, and asks how much room there is when it is sent: the queue takes it to the store together with the outcomes that
/// made the room.</para>
/// </summary>
internal sealed class JobClaims(
    JobConsumerOptions options,
    IJobQueue queue,
    JobSlots slots,
    HeldAttempts held,
    OutcomeReporter reporter,
    LeaseTrust trust,
    TimeProvider time,
    ILogger logger)
{
    private readonly WakeSignal _look = new();
    private readonly StoreBackoff _backoff = new(time);
    private volatile int _wakes = 1;
    private int _emptyAt;

    /// <summary>Called when a heartbeat is wanted soon: a wake came while jobs are held, and the same wake tells of cancels.</summary>
    public event Action? Woken;

    /// <summary>Set by the heartbeat: the store asked this worker to stop claiming.</summary>
    public bool Paused { get; set; }

    private bool MayClaim => !Paused && trust.MayClaim && _wakes != _emptyAt && Room > 0;

    private int Room => Math.Clamp(
        Math.Min(options.Slots + options.ClaimAhead - slots.Count, options.MaxHeld - held.Count), 0, options.ClaimBatch);

    /// <summary>Something may be different: room was freed, or the heartbeat brought news.</summary>
    public void Look() => _look.Set();

    /// <summary>Claims until stopped, the claim under way included.</summary>
    /// <param name="take">Takes over what was claimed.</param>
    /// <param name="stop">Ends the claiming. A claim under way is not broken off: it may have taken jobs.</param>
    public async Task RunAsync(Action<IReadOnlyList<JobAttempt>> take, CancellationToken stop)
    {
        slots.Freed += Look;
        reporter.Freed += Look;
        var waking = WakeAsync(stop);
        while (!stop.IsCancellationRequested)
        {
            if (MayClaim)
            {
                await ClaimAsync(_wakes, take, stop);
            }
            else
            {
                await _look.WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        slots.Freed -= Look;
        reporter.Freed -= Look;
        await waking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ClaimAsync(int wakes, Action<IReadOnlyList<JobAttempt>> take, CancellationToken stop)
    {
        try
        {
            var jobs = await queue.ClaimAsync(options.Queue, options.WorkerId, () => Room, CancellationToken.None);
            _backoff.Reset();
            if (jobs.Count == 0)
            {
                _emptyAt = wakes;
            }

            TakeOver(jobs, take);
            if (jobs.Count > 0 && !queue.IsListening)
            {
                Woken?.Invoke();
            }
        }
        catch (QueueUnavailableException away)
        {
            Log.StoreAway(logger, away.Message);
            await _backoff.WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
#pragma warning disable CA1031 // A worker that stops claiming for a defect would look healthy and do nothing.
        catch (Exception defect)
        {
            Log.LoopDefect(logger, "claim", defect);
            await _backoff.WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
#pragma warning restore CA1031
    }

    private void TakeOver(IReadOnlyList<ClaimedJob> jobs, Action<IReadOnlyList<JobAttempt>> take)
    {
        if (jobs.Count == 0)
        {
            return;
        }

        var attempts = new JobAttempt[jobs.Count];
        for (var i = 0; i < jobs.Count; i++)
        {
            held.Add(attempts[i] = new JobAttempt(jobs[i], trust));
        }

        take(attempts);
    }

    private async Task WakeAsync(CancellationToken stop)
    {
        var backoff = new StoreBackoff(time);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (await queue.WaitForWorkAsync(options.Queue, Jitter.Of(options.PollInterval), stop) && held.Count > 0)
                {
                    Woken?.Invoke();
                }

                backoff.Reset();
            }
            catch (QueueUnavailableException)
            {
                // The claim that follows says so.
                await backoff.WaitAsync(stop);
            }

            Interlocked.Increment(ref _wakes);
            Look();
        }
    }
}
