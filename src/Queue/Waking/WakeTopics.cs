namespace PodEngine.Queue.Waking;

/// <summary>What can be waited for.</summary>
internal static class WakeTopics
{
    /// <summary>Some job became unmirrored.</summary>
    public const string Changes = "changes";

    /// <summary>Jobs of a lane became claimable, or a running one shall stop.</summary>
    public static string Lane(QueueKey queue) => $"lane:{queue}";
}
