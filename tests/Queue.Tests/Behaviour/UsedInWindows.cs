using PodEngine.Queue.Limits;

namespace PodEngine.Queue.Tests.Behaviour;

/// <summary>What was used when, and whether any window of the limit's length holds too much of it. May be filled by several at a time.</summary>
public sealed class UsedInWindows(RateLimit limit)
{
    private readonly Lock _lock = new();
    private readonly List<(DateTimeOffset At, int Permits)> _used = [];

    public int Total { get; private set; }

    public void Note(DateTimeOffset at, int permits)
    {
        lock (_lock)
        {
            _used.Add((at, permits));
            Total += permits;
        }
    }

    /// <summary>Looks at every window that ends with a use: no other can hold more.</summary>
    public void AssertKept()
    {
        var ordered = _used.OrderBy(use => use.At).ToList();
        var (sum, from) = (0, 0);
        foreach (var (at, permits) in ordered)
        {
            sum += permits;
            for (; at - ordered[from].At >= limit.Window; from++)
            {
                sum -= ordered[from].Permits;
            }

            Assert.True(sum <= limit.Permits, $"{sum} of {limit.Permits} permits were used in the {limit.Window} before {at:O}");
        }
    }
}
