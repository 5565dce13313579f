namespace PodEngine.Operator.WorkerPools;

/// <summary>How far a pool may be shrunk now.</summary>
/// <param name="Replicas">Workers for now: what was decided, or more while some that shall go have to be waited for.</param>
/// <param name="Leaving">How many are on their way out.</param>
/// <param name="Finishing">How many of these still hold jobs; null where the database cannot be asked.</param>
internal sealed record DrainStep(int Replicas, int Leaving, int? Finishing)
{
    /// <summary>Nobody is waited for.</summary>
    public static DrainStep At(int replicas) => new(replicas, 0, 0);

    /// <summary>Whether somebody is waited for.</summary>
    public bool IsWaiting => Leaving > 0;
}
