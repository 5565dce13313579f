namespace PodEngine.Queue.Bench.Reporting;

/// <summary>What else was in the queue while pickups were measured.</summary>
internal static class Situations
{
    /// <summary>Nothing.</summary>
    public const string Idle = "idle";

    /// <summary>A million jobs that are not due.</summary>
    public const string Scheduled = "1M scheduled";

    /// <summary>Nothing, claimed one by one.</summary>
    public const string ProbeEmpty = "probe, empty queue";

    /// <summary>A million ready jobs of lower priority and a million that are not due, claimed one by one.</summary>
    public const string ProbeReady = "probe, 1M ready, 1M scheduled";
}
