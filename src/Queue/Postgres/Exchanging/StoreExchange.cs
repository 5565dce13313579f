using System.Threading.Channels;
using PodEngine.Queue.Postgres.Claiming;
using PodEngine.Queue.Postgres.Completing;

namespace PodEngine.Queue.Postgres.Exchanging;

/// <summary>
/// Gathers what this process's attempts report and its claimers ask for, and takes it to the store many at a time: a round trip and a commit cost the
/// same for one outcome and for five hundred, and a claim travels with the outcomes that made room for it.
/// <para>What comes alone goes at once. While one batch is under way the next one gathers; when outcomes come thick and nobody waits for jobs, it
/// waits <see cref="Linger"/> for company. At most <see cref="MostWaiting"/> wait, then callers do. A caller's answer is the commit's: what is not
/// answered may or may not have been written, and repeating it is harmless.</para>
/// </summary>
internal sealed class StoreExchange : IAsyncDisposable
{
    /// <summary>Outcomes of one transaction.</summary>
    private const int MostAtATime = 500;

    /// <summary>From this many in a batch on, waiting for more saves more than it costs.</summary>
    private const int Thick = 100;

    private const int MostWaiting = 5_000;

    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(5);

    private readonly Channel<object> _waiting = Channel.CreateBounded<object>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true, AllowSynchronousContinuations = false });

    private readonly Func<IReadOnlyList<AttemptWrite>, Task<JobState?[]>> _apply;
    private readonly Func<Exchange, Task<ExchangeAnswer>> _exchange;
    private readonly Task _running;

    /// <param name="apply">Writes of any kind in one transaction; answers null for each that was refused.</param>
    /// <param name="exchange">Completions and claims in one transaction.</param>
    public StoreExchange(Func<IReadOnlyList<AttemptWrite>, Task<JobState?[]>> apply, Func<Exchange, Task<ExchangeAnswer>> exchange)
    {
        (_apply, _exchange) = (apply, exchange);
        _running = RunAsync();
    }

    /// <summary>The state the job is in after the write; null when it was refused.</summary>
    public async Task<JobState?> WriteAsync(AttemptWrite write, CancellationToken cancellationToken)
    {
        var pending = new PendingWrite(write);
        await _waiting.Writer.WriteAsync(pending, cancellationToken);
        return await pending.Answer.Task.WaitAsync(cancellationToken);
    }

    /// <summary>What was claimed. Whoever stops waiting gets nothing, and what was claimed for it meanwhile is handed back.</summary>
    public async Task<IReadOnlyList<ClaimedJob>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        var pending = new PendingClaim(request);
        await _waiting.Writer.WriteAsync(pending, cancellationToken);
        return await pending.WaitAsync(cancellationToken);
    }

    /// <summary>Takes along what is waiting, then ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _running;
    }

    private async Task RunAsync()
    {
        var batch = new ExchangeBatch(MostAtATime);
        var thick = false;
        while (await _waiting.Reader.WaitToReadAsync())
        {
            await GatherAsync(batch);
            if (thick && batch is { Claims.Count: 0, IsFull: false })
            {
                await Task.Delay(Linger, TimeProvider.System);
                batch.Gather(_waiting.Reader);
            }

            thick = batch.Writes >= Thick;
            await ApplyAsync(batch.Others);
            await ExchangeAsync(batch.Completions, batch.Claims);
            batch.Clear();
        }
    }

    /// <summary>Takes what is waiting, and what is about to wait: as long as it grows, whoever is ready to run goes first.</summary>
    private async Task GatherAsync(ExchangeBatch batch)
    {
        batch.Gather(_waiting.Reader);
        for (var seen = 0; batch.Writes > seen && !batch.IsFull;)
        {
            seen = batch.Writes;
            await Task.Yield();
            batch.Gather(_waiting.Reader);
        }
    }

    private async Task ApplyAsync(List<PendingWrite> writes)
    {
        if (writes.Count == 0)
        {
            return;
        }

        try
        {
            Answer(writes, await _apply([.. writes.Select(pending => pending.Write)]));
        }
        catch (Exception fault) when (fault is QueueUnavailableException || writes.Count == 1)
        {
            Fail(writes, fault);
        }
#pragma warning disable CA1031 // One write that cannot be stored must not take its company down: each is tried alone and gets its own fault.
        catch (Exception)
        {
            foreach (var pending in writes)
            {
                await ApplyAsync([pending]);
            }
        }
#pragma warning restore CA1031
    }

    private async Task ExchangeAsync(List<PendingWrite> completions, List<PendingClaim> claims)
    {
        if (completions.Count + claims.Count == 0)
        {
            return;
        }

        try
        {
            var exchange = new Exchange(
                [.. completions.Select(pending => (AttemptWrite.Outcome)pending.Write)], [.. claims.Select(pending => pending.Request)]);
            var answer = await _exchange(exchange);
            Answer(completions, answer.Completions);
            for (var i = 0; i < claims.Count; i++)
            {
                HandBackUnless(claims[i].TryAnswer(answer.Claims[i]), answer.Claims[i]);
            }
        }
        catch (Exception fault) when (fault is QueueUnavailableException || completions.Count + claims.Count == 1)
        {
            Fail(completions, fault);
            claims.ForEach(pending => pending.Fail(fault));
        }
#pragma warning disable CA1031 // As above.
        catch (Exception)
        {
            foreach (var pending in completions)
            {
                await ExchangeAsync([pending], []);
            }

            foreach (var pending in claims)
            {
                await ExchangeAsync([], [pending]);
            }
        }
#pragma warning restore CA1031
    }

    /// <summary>Nobody waits for the answer: should it get lost, the jobs go back when their lease is over.</summary>
    private void HandBackUnless(bool taken, IReadOnlyList<ClaimedJob> jobs)
    {
        foreach (var job in taken ? [] : jobs)
        {
            _waiting.Writer.TryWrite(new PendingWrite(new AttemptWrite.Outcome(job.Lease, new AttemptOutcome.HandedBack())));
        }
    }

    private static void Answer(List<PendingWrite> writes, IReadOnlyList<JobState?> states)
    {
        for (var i = 0; i < writes.Count; i++)
        {
            writes[i].Answer.TrySetResult(states[i]);
        }
    }

    private static void Fail(List<PendingWrite> writes, Exception fault)
    {
        foreach (var pending in writes)
        {
            pending.Answer.TrySetException(fault);
        }
    }
}
