namespace PodEngine.Queue.Tests.Behaviour;

/// <summary>The store's clock under test: stands still until it is told to move. Timers are real.</summary>
public sealed class SettableClock : TimeProvider
{
    private readonly Lock _lock = new();
    private DateTimeOffset _now = new(System.GetUtcNow().Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public void Advance(TimeSpan by)
    {
        lock (_lock)
        {
            _now += by;
        }
    }
}
