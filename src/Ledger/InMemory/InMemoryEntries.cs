namespace PodEngine.Ledger.InMemory;

/// <summary>What is recorded for one job. Used under the queue's lock only.</summary>
internal sealed class InMemoryEntries
{
    private readonly Dictionary<PurchaseKey, (PurchaseRecord Record, DateTimeOffset SettlesAt)> _purchases = [];

    public SortedDictionary<int, ImageRecord> Images { get; } = [];

    public Dictionary<(int Image, string Type, string Platform), ProductRecord> Products { get; } = [];

    public List<LogLine> Log { get; } = [];

    public JobLedgerEntries Read(DateTimeOffset now) => new()
    {
        Purchases = _purchases.Keys.ToDictionary(key => key, key => Known(key, now)),
        Images = [.. Images.Values],
        Products = [.. Products.Values
            .OrderBy(product => product.ImageIndex)
            .ThenBy(product => product.ProductType, StringComparer.Ordinal)
            .ThenBy(product => product.Platform, StringComparer.Ordinal)],
    };

    public PurchaseBeginning Begin(PurchaseIntent intent, DateTimeOffset now)
    {
        var isNew = !_purchases.ContainsKey(intent.Key);
        if (isNew)
        {
            var record = new PurchaseRecord { Key = intent.Key, State = PurchaseState.Begun, Request = intent.Request };
            _purchases[intent.Key] = (record, now + intent.Settles);
        }

        return new PurchaseBeginning(isNew, Known(intent.Key, now));
    }

    public void Repeat(PurchaseIntent intent, DateTimeOffset now)
    {
        var record = Begun(intent.Key);
        _purchases[intent.Key] = (record with { Request = intent.Request, Repeats = record.Repeats + 1 }, now + intent.Settles);
    }

    public void Attach(PurchaseKey key, string remoteId) =>
        _purchases[key] = (Begun(key) with { RemoteId = remoteId }, _purchases[key].SettlesAt);

    public void Settle(PurchaseKey key, string result, PurchaseCost cost)
    {
        if (_purchases.TryGetValue(key, out var known) && known.Record.State is PurchaseState.Settled)
        {
            return;
        }

        _purchases[key] = (Begun(key) with { State = PurchaseState.Settled, Result = result, Cost = cost }, _purchases[key].SettlesAt);
    }

    public void Withdraw(PurchaseKey key)
    {
        if (!_purchases.TryGetValue(key, out var known))
        {
            return;
        }

        var record = Begun(key);
        if (record.Repeats == 0)
        {
            _purchases.Remove(key);
        }
        else
        {
            _purchases[key] = (record with { Repeats = record.Repeats - 1 }, known.SettlesAt);
        }
    }

    private PurchaseRecord Begun(PurchaseKey key) =>
        _purchases.TryGetValue(key, out var known) && known.Record.State is PurchaseState.Begun
            ? known.Record
            : throw LedgerFaults.NotBegun(key);

    private PurchaseRecord Known(PurchaseKey key, DateTimeOffset now)
    {
        var (record, settlesAt) = _purchases[key];
        var settlesIn = record.State is PurchaseState.Begun && settlesAt > now ? settlesAt - now : TimeSpan.Zero;
        return record with { SettlesIn = settlesIn };
    }
}
