namespace PodEngine.Queue.Bench.Consuming;

/// <summary>Waits between tries while the store is away: 0.2 s doubled to 5 s, jittered by a quarter. One per loop.</summary>
internal sealed class StoreBackoff(TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private TimeSpan _next = First;

    public Task WaitAsync(CancellationToken cancellationToken)
    {
        var wait = Jitter.Of(_next);
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return Task.Delay(wait, time, cancellationToken);
    }

    public void Reset() => _next = First;
}
