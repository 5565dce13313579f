using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace PodEngine.QueueHistory.Tests.Running;

/// <summary>What a run's chances are drawn from: <c>PODENGINE_SEED</c>, to replay a schedule, or one of its own.</summary>
[SuppressMessage("Security", "CA5394:Do not use insecure randomness", Justification = "A schedule that can be replayed is what is wanted.")]
internal static class Seed
{
    public const string EnvironmentVariable = "PODENGINE_SEED";

    public static int OfThisRun() => Environment.GetEnvironmentVariable(EnvironmentVariable) is { Length: > 0 } given
        ? int.Parse(given, CultureInfo.InvariantCulture)
        : Random.Shared.Next();

    /// <summary>Chances of one use, which do not depend on how often others drew.</summary>
    public static Random Chance(int seed, params ReadOnlySpan<int> use)
    {
        foreach (var part in use)
        {
            seed = unchecked((seed * 397) ^ (part + 1));
        }

        return new Random(seed);
    }
}
