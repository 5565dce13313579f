namespace PodEngine.Queue.Bench.Cells;

/// <summary>Waiting for what the bench can only look at.</summary>
internal static class Until
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    /// <summary>Looks every 2 ms until it is so; false when it was not within the time.</summary>
    public static Task<bool> IsSoAsync(Func<bool> condition, TimeSpan atMost) => IsSoAsync(() => Task.FromResult(condition()), atMost);

    /// <inheritdoc cref="IsSoAsync(Func{bool}, TimeSpan)"/>
    public static async Task<bool> IsSoAsync(Func<Task<bool>> condition, TimeSpan atMost)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(began) > atMost)
            {
                return false;
            }

            await Task.Delay(Pause, TimeProvider.System);
        }

        return true;
    }
}
