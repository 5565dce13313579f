namespace PodEngine.Queue.Bench.Consuming;

/// <summary>A cancellation that costs nothing until somebody asks for its token: most jobs end before anybody wants to stop them.</summary>
internal sealed class LazyCancellation
{
    private readonly Lock _gate = new();
    private CancellationTokenSource? _source;
    private bool _cancelled;

    public CancellationToken Token
    {
        get
        {
            lock (_gate)
            {
                return _cancelled && _source is null ? new CancellationToken(canceled: true) : (_source ??= new CancellationTokenSource()).Token;
            }
        }
    }

    public void Cancel()
    {
        CancellationTokenSource? source;
        lock (_gate)
        {
            _cancelled = true;
            source = _source;
        }

        source?.Cancel();
    }
}
