namespace PodEngine.Queue.Bench.Roles;

/// <summary>The one lane all jobs of a measurement are in.</summary>
internal static class BenchLane
{
    /// <summary>Whose jobs the mirror lists.</summary>
    public static readonly Guid Installation = new("b0000000-0000-0000-0000-000000000001");

    /// <summary>The lane.</summary>
    public static readonly QueueKey Queue = new(Installation, "bench", "default");
}
