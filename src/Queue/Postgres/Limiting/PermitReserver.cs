using PodEngine.Queue.Limits;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Queue.Postgres.Migrations;

namespace PodEngine.Queue.Postgres.Limiting;

/// <summary>
/// Serves demands from the stock of this process, and fills the stock by one question per key at a time, whose answer serves everybody who waits for it.
/// A question goes on when its askers have left: what it brings is for the next.
/// </summary>
internal sealed class PermitReserver(PostgresStore store, SchemaGate gate, TimeProvider time) : IAsyncDisposable
{
    private const int ManyKeys = 1000;

    private readonly GrantTaker _taker = new(store);
    private readonly Lock _lock = new();
    private readonly Dictionary<LimitKey, PermitStock> _stocks = [];

    public async ValueTask<RateDecision> ReserveAsync(IReadOnlyList<RateDemand> demands, CancellationToken cancellationToken)
    {
        // Ends: a question brings what this demand lacks or is refused. Going round again means that others of this process took it first and went on, or
        // that the answer took longer than the block lasts, and the next block lasts longer.
        while (true)
        {
            RateDemand missing;
            Task<Refusal?> filling;
            lock (_lock)
            {
                if (Refused(demands) is { } refusal)
                {
                    return refusal;
                }

                if (Lacking(demands) is not { } lacking)
                {
                    Take(demands);
                    return RateDecision.Granted.Instance;
                }

                missing = lacking;
                filling = Fill(lacking);
            }

            if (await AnswerAsync(missing, filling, cancellationToken) is { } refused && refused.Covers(missing))
            {
                return new RateDecision.NotBefore(refused.Wait, missing.Key);
            }
        }
    }

    /// <summary>Returns once no question is under way.</summary>
    public async ValueTask DisposeAsync()
    {
        Task[] filling;
        lock (_lock)
        {
            filling = [.. _stocks.Values.Select(stock => stock.Filling)];
        }

        await Task.WhenAll(filling).ContinueWith(static _ => { }, TaskScheduler.Default);
    }

    private RateDecision.NotBefore? Refused(IReadOnlyList<RateDemand> demands)
    {
        RateDecision.NotBefore? longest = null;
        foreach (var demand in demands)
        {
            var wait = Stock(demand.Key).RefusedFor(demand);
            if (wait > (longest?.Wait ?? TimeSpan.Zero) && Stock(demand.Key).Left() < demand.Permits)
            {
                longest = new RateDecision.NotBefore(wait, demand.Key);
            }
        }

        return longest;
    }

    // From the last, the widest limit: when it refuses, nothing was fetched of the narrow ones that would lie unused.
    private RateDemand? Lacking(IReadOnlyList<RateDemand> demands) =>
        demands.Reverse().FirstOrDefault(demand => Stock(demand.Key).Left() < demand.Permits);

    private void Take(IReadOnlyList<RateDemand> demands)
    {
        foreach (var demand in demands)
        {
            Stock(demand.Key).Take(demand.Permits);
        }
    }

    private async Task<Refusal?> AnswerAsync(RateDemand demand, Task<Refusal?> filling, CancellationToken cancellationToken)
    {
        Wait(demand.Permits);
        try
        {
            return await filling.WaitAsync(cancellationToken);
        }
        finally
        {
            Wait(-demand.Permits);
        }

        void Wait(int permits)
        {
            lock (_lock)
            {
                Stock(demand.Key).Waiting += permits;
            }
        }
    }

    private Task<Refusal?> Fill(RateDemand demand)
    {
        var stock = Stock(demand.Key);
        if (stock.Filling.IsCompleted)
        {
            var least = demand.Permits - stock.Left();
            var wanted = stock.Sizing.Permits(demand.Limit, least, stock.Waiting);
            stock.Filling = Task.Run(() => FillAsync(stock, demand, least, wanted), CancellationToken.None);
        }

        return stock.Filling;
    }

    private async Task<Refusal?> FillAsync(PermitStock stock, RateDemand demand, int least, int wanted)
    {
        await gate.PassAsync(CancellationToken.None);
        var usableFor = stock.Sizing.UsableFor(demand.Limit);
        var askedAt = time.GetTimestamp();

        // Should the answer get lost, so does at most the block: it counts and nobody uses it.
        var (permits, wait) = await store.ExecuteAsync(
            (connection, token) => _taker.TakeAsync(connection, demand.Key, demand.Limit, least, wanted, usableFor, token), CancellationToken.None);
        lock (_lock)
        {
            stock.Sizing.Note(time.GetElapsedTime(askedAt));
            if (permits == 0)
            {
                return stock.Refuse(demand, wait);
            }

            stock.Add(new PermitBlock(permits, askedAt, usableFor, time));
            return null;
        }
    }

    private PermitStock Stock(LimitKey key)
    {
        if (_stocks.TryGetValue(key, out var known))
        {
            return known;
        }

        if (_stocks.Count >= ManyKeys)
        {
            foreach (var idle in _stocks.Where(stock => stock.Value.IsIdle).Select(stock => stock.Key).ToList())
            {
                _stocks.Remove(idle);
            }
        }

        return _stocks[key] = new PermitStock(time);
    }
}
