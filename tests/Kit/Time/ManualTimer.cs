namespace PodEngine.Kit.Time;

/// <summary>A timer of <see cref="ManualTimeProvider"/>, whose lock guards its properties.</summary>
internal sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
{
    private bool _disposed;

    public DateTimeOffset Due { get; set; }

    public TimeSpan Period { get; set; }

    /// <summary>Among timers due at one instant, the first armed fires first.</summary>
    public long Order { get; set; }

    public void Fire() => callback(state);

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (_disposed)
        {
            return false;
        }

        clock.Arm(this, dueTime, period);
        return true;
    }

    public void Dispose()
    {
        _disposed = true;
        clock.Disarm(this);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
