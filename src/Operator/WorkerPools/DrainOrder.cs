namespace PodEngine.Operator.WorkerPools;

/// <summary>How many workers of a pool are asked to stop claiming.</summary>
/// <param name="Workers">How many; 0 lets all go on.</param>
/// <param name="IdleOnly">Whether none that holds a job is asked.</param>
internal sealed record DrainOrder(int Workers, bool IdleOnly)
{
    /// <summary>Asks nobody.</summary>
    public static DrainOrder None { get; } = new(0, false);
}
