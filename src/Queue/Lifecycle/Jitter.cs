using System.Diagnostics.CodeAnalysis;

namespace PodEngine.Queue.Lifecycle;

/// <summary>Chance, for spreading waits.</summary>
internal static class Jitter
{
    /// <summary>From 0 to 1.</summary>
    [SuppressMessage("Security", "CA5394:Do not use insecure randomness", Justification = "It spreads load and guards nothing.")]
    public static double Next() => Random.Shared.NextDouble();
}
