namespace PodEngine.Queue.Bench.Consuming;

/// <summary>Keeps many processes from acting in step.</summary>
internal static class Jitter
{
    /// <summary>The span, a quarter more or less. Not for secrets: a plain random number serves.</summary>
    public static TimeSpan Of(TimeSpan span) => span * (0.75 + (Random.Shared.NextDouble() * 0.5));
}
