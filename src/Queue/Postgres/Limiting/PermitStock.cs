using PodEngine.Queue.Limits;

namespace PodEngine.Queue.Postgres.Limiting;

/// <summary>What this process knows of one rate limit: its blocks, and until when the limit is used up. The owner's lock guards it.</summary>
internal sealed class PermitStock(TimeProvider time)
{
    // A key that is used up is asked about at most so often in a window by one process, however many wait.
    private const int RefusalsPerWindow = 100;

    private readonly List<PermitBlock> _blocks = [];
    private Refusal? _refusal;
    private long _refusedAt;

    public BlockSizing Sizing { get; } = new();

    /// <summary>The question under way, whose answer serves everybody: it filled the stock, or was refused.</summary>
    public Task<Refusal?> Filling { get; set; } = Task.FromResult<Refusal?>(null);

    /// <summary>Permits that those wait for who wait for the question under way.</summary>
    public int Waiting { get; set; }

    /// <summary>True when it holds nothing that a new one would not.</summary>
    public bool IsIdle => Filling.IsCompleted && Waiting == 0 && Left() == 0 && (_refusal is null || time.GetElapsedTime(_refusedAt) >= _refusal.Wait);

    /// <summary>Permits that can be used now.</summary>
    public int Left()
    {
        foreach (var over in _blocks.Where(block => block.Left == 0 || !block.IsUsable).ToList())
        {
            Sizing.Note(over);
            _blocks.Remove(over);
        }

        return _blocks.Sum(block => block.Left);
    }

    /// <summary>Uses permits, of which there are so many, the oldest first.</summary>
    public void Take(int permits)
    {
        foreach (var block in _blocks)
        {
            permits -= block.Take(permits);
        }
    }

    public void Add(PermitBlock block)
    {
        _blocks.Add(block);
        _refusal = null;
    }

    /// <summary>Remembers that a demand cannot be met for a while.</summary>
    public Refusal Refuse(RateDemand demand, TimeSpan wait)
    {
        var least = demand.Limit.Window / RefusalsPerWindow;
        (_refusal, _refusedAt) = (new Refusal(demand, wait > least ? wait : least), time.GetTimestamp());
        return _refusal;
    }

    /// <summary>How long asking is in vain; zero when it may not be.</summary>
    public TimeSpan RefusedFor(RateDemand demand)
    {
        if (_refusal is null || !_refusal.Covers(demand))
        {
            return TimeSpan.Zero;
        }

        var left = _refusal.Wait - time.GetElapsedTime(_refusedAt);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
