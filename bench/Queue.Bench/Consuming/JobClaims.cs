using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace PodEngine.Queue.Bench.Consuming;

/// <summary>
/// Claims jobs while there is room for them. A claim that came back short emptied the lane: the next waits for a wake, or for the poll interval.
/// <para>One free slot is claimed for at once. But a further claim beside one under way has to be worth its round trip, and so has one while it is only
/// reports that leave no more room, for they are about to end.</para>
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
    private readonly ConcurrentDictionary<Task, byte> _underWay = new();
    private readonly WakeSignal _look = new();
    private readonly StoreBackoff _backoff = new(time);
    private int _asked;
    private int _claims;
    private int _wakes = 1;
    private int _emptyAt;

    /// <summary>Called when a heartbeat is wanted soon: a wake came while jobs are held, and the same wake tells of cancels.</summary>
    public event Action? Woken;

    /// <summary>Set by the heartbeat: the store asked this worker to stop claiming.</summary>
    public bool Paused { get; set; }

    /// <summary>What is worth a round trip of its own.</summary>
    private int WorthwhileClaim { get; } = Math.Max(1, Math.Min(options.ClaimBatch, Math.Min(options.Slots + options.ClaimAhead, options.MaxHeld)) / 4);

    /// <summary>Something may be different: room was freed, or the heartbeat brought news.</summary>
    public void Look() => _look.Set();

    /// <summary>Claims until stopped, then returns once every claim under way is answered and taken over.</summary>
    /// <param name="take">Takes over what was claimed.</param>
    /// <param name="stop">Ends the claiming. Claims under way are not broken off: what they took would stay held until the lease is over.</param>
    public async Task RunAsync(Action<IReadOnlyList<JobAttempt>> take, CancellationToken stop)
    {
        slots.Freed += Look;
        reporter.Freed += Look;
        var waking = WakeAsync(stop);
        while (!stop.IsCancellationRequested)
        {
            if (NextLimit() is > 0 and var limit)
            {
                Begin(limit, take, stop);
            }
            else
            {
                await _look.WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        slots.Freed -= Look;
        reporter.Freed -= Look;
        await waking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_underWay.Keys);
    }

    private int NextLimit()
    {
        if (Paused || !trust.MayClaim || _claims >= options.ClaimsAtATime || _wakes == Volatile.Read(ref _emptyAt))
        {
            return 0;
        }

        var asked = Volatile.Read(ref _asked);
        var room = options.Slots + options.ClaimAhead - slots.Count - asked;
        var allowed = options.MaxHeld - held.Count - asked;
        var limit = Math.Min(Math.Min(room, allowed), options.ClaimBatch);
        var isOnlyOne = _claims == 0 && (room <= allowed || reporter.UnderWay == 0);
        return limit >= WorthwhileClaim || isOnlyOne ? Math.Max(limit, 0) : 0;
    }

    private void Begin(int limit, Action<IReadOnlyList<JobAttempt>> take, CancellationToken stop)
    {
        Interlocked.Increment(ref _claims);
        Interlocked.Add(ref _asked, limit);
        var claim = ClaimAsync(limit, Volatile.Read(ref _wakes), take, stop);
        _underWay[claim] = 0;
        _ = claim.ContinueWith(
            done => _underWay.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task ClaimAsync(int limit, int wakes, Action<IReadOnlyList<JobAttempt>> take, CancellationToken stop)
    {
        try
        {
            var jobs = await queue.ClaimAsync(options.Queue, options.WorkerId, limit, CancellationToken.None);
            _backoff.Reset();
            if (jobs.Count < limit)
            {
                Volatile.Write(ref _emptyAt, wakes);
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
        finally
        {
            Interlocked.Add(ref _asked, -limit);
            Interlocked.Decrement(ref _claims);
            Look();
        }
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
