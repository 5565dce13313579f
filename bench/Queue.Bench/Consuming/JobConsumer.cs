using Microsoft.Extensions.Logging;

namespace PodEngine.Queue.Bench.Consuming;

/// <summary>
/// Takes the jobs of a lane one process at a time: registers, keeps the heartbeat, claims ahead, runs handlers, reports.
/// <para>Flow: claims fill the slots and a local buffer of <see cref="JobConsumerOptions.ClaimAhead"/> jobs; handlers draw from it; outcomes are reported many
/// at once, while the slots go on. A job is held until its outcome was accepted, and no more than <see cref="JobConsumerOptions.MaxHeld"/> are.</para>
/// <para>Stopping has two steps. First nothing more is claimed, unstarted jobs go back at once and handlers may finish their step; after
/// <see cref="JobConsumerOptions.Drain"/> the rest is ended where it is and handed back.</para>
/// <para>Guarantees: every job claimed is run once by this consumer or handed back; a handler is told when its lease is lost, at the latest with the next
/// heartbeat. Assumption: the store's timings are <see cref="JobConsumerOptions.Timings"/>. Caveat: what is held when the process dies is rescued by others
/// after a lease length.</para>
/// </summary>
internal sealed class JobConsumer : IDisposable
{
    private static readonly TimeSpan DeregisterDeadline = TimeSpan.FromSeconds(3);

    private readonly JobConsumerOptions _options;
    private readonly IJobQueue _queue;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly HeldAttempts _held = new();
    private readonly OutcomeReporter _reporter;
    private readonly JobClaims _claims;
    private readonly JobSlots _slots;
    private readonly ConsumerHeartbeat _heartbeat;

    /// <summary>A consumer; <see cref="RunAsync"/> starts it.</summary>
    public JobConsumer(JobConsumerOptions options, IJobQueue queue, JobHandler handler, TimeProvider time, ILogger logger)
    {
        (_options, _queue, _time, _logger) = (options, queue, time, logger);
        var trust = new LeaseTrust(options.Timings, time);
        _reporter = new OutcomeReporter(queue, _held, time, logger);
        _slots = new JobSlots(options.Slots, new AttemptRunner(handler, _reporter, logger).RunAsync);
        _claims = new JobClaims(options, queue, _slots, _held, _reporter, trust, time, logger);
        _heartbeat = new ConsumerHeartbeat(options, queue, _held, _claims, trust, time, logger);
        _claims.Woken += _heartbeat.BeatNow;
    }

    /// <summary>Ends once the store has accepted the worker.</summary>
    public Task Registered => _heartbeat.Registered;

    /// <summary>Jobs held now: waiting in the buffer, running, or being reported.</summary>
    public int HeldCount => _held.Count;

    /// <summary>Runs until <paramref name="stop"/> is cancelled and both steps of stopping are over. Call it once.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var beating = new CancellationTokenSource();
        var heartbeat = _heartbeat.RunAsync(beating.Token);
        await _heartbeat.Registered.WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var claiming = _claims.RunAsync(attempts => TakeOver(attempts, stop), stop);
        await Task.Delay(Timeout.InfiniteTimeSpan, _time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        HandBackUnstarted();
        await claiming;
        await DrainAsync();
        await beating.CancelAsync();
        await heartbeat.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await DeregisterAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => _reporter.Dispose();

    private void TakeOver(IReadOnlyList<JobAttempt> attempts, CancellationToken stop)
    {
        if (stop.IsCancellationRequested || !_slots.TryAdd(attempts))
        {
            HandBack(attempts);
        }
    }

    private void HandBackUnstarted()
    {
        HandBack(_slots.Close());
        _heartbeat.Draining = true;
        _heartbeat.BeatNow();
        foreach (var attempt in _held.All)
        {
            attempt.Pause();
        }
    }

    private void HandBack(IReadOnlyList<JobAttempt> attempts)
    {
        foreach (var attempt in attempts)
        {
            _reporter.Report(attempt, new AttemptOutcome.HandedBack());
        }
    }

    private async Task DrainAsync()
    {
        if (!await EmptiedWithinAsync(_options.Drain))
        {
            foreach (var attempt in _held.All)
            {
                attempt.End(AttemptEnd.HandBack);
            }

            _reporter.GiveUpAfter(_options.ReportAfterDrain);
            await EmptiedWithinAsync(_options.ReportAfterDrain);
        }
    }

    private async Task<bool> EmptiedWithinAsync(TimeSpan atMost)
    {
        using var deadline = new CancellationTokenSource(atMost, _time);
        await _held.EmptiedAsync(deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return _held.Count == 0;
    }

    private async Task DeregisterAsync()
    {
        if (!_heartbeat.Registered.IsCompleted)
        {
            return;
        }

        using var deadline = new CancellationTokenSource(DeregisterDeadline, _time);
        try
        {
            await _queue.DeregisterAsync(_options.WorkerId, deadline.Token);
        }
        catch (Exception failure) when (failure is QueueUnavailableException or OperationCanceledException)
        {
            Log.NotDeregistered(_logger, _options.WorkerId, failure.Message);
        }
    }
}
