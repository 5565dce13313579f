namespace PodEngine.Queue.Bench.Roles;

/// <summary>The words of the command line that say what a process is.</summary>
internal static class RoleName
{
    /// <summary><see cref="BenchWorker"/>.</summary>
    public const string Work = "work";

    /// <summary><see cref="Producer"/>.</summary>
    public const string Produce = "produce";

    /// <summary><see cref="BenchHost"/>.</summary>
    public const string Host = "host";

    /// <summary><see cref="PickupProbe"/>.</summary>
    public const string Probe = "probe";
}
