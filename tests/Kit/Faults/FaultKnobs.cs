namespace PodEngine.Kit.Faults;

/// <summary>What the proxy's owner turns and its connections obey.</summary>
internal sealed class FaultKnobs
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _stalled;
    private long _toServerTicks;
    private long _toClientTicks;

    public TimeSpan ToServer
    {
        get => new(Volatile.Read(ref _toServerTicks));
        set => Volatile.Write(ref _toServerTicks, value.Ticks);
    }

    public TimeSpan ToClient
    {
        get => new(Volatile.Read(ref _toClientTicks));
        set => Volatile.Write(ref _toClientTicks, value.Ticks);
    }

    public void Stall()
    {
        lock (_lock)
        {
            _stalled ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void Clear()
    {
        ToServer = ToClient = TimeSpan.Zero;
        lock (_lock)
        {
            _stalled?.SetResult();
            _stalled = null;
        }
    }

    /// <summary>Returns at once unless stalled; then when the stall ends.</summary>
    public Task WhileStalled()
    {
        lock (_lock)
        {
            return _stalled?.Task ?? Task.CompletedTask;
        }
    }
}
