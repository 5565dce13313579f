using System.Diagnostics;
using PodEngine.Queue.Bench.Databases;

namespace PodEngine.Queue.Bench.Contenders;

/// <summary>A queue with the settings it is measured at.</summary>
internal abstract record Contender
{
    /// <summary>Short name of queue and settings, a key in the results.</summary>
    public required string Name { get; init; }

    /// <summary>What it stands for in the ratios.</summary>
    public required ContenderRole Role { get; init; }

    /// <summary>The settings, for people.</summary>
    public required string Settings { get; init; }

    /// <summary>Jobs of a drain as a share of the whole: the slow would take too long.</summary>
    public double DrainShare { get; init; } = 1;

    /// <summary>How long a drain may take before what was done by then is counted.</summary>
    public TimeSpan DrainAtMost { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Makes its tables.</summary>
    public abstract Task InstallAsync(BenchDatabase database);

    /// <summary>A process that inserts.</summary>
    public abstract ProcessStartInfo ProducerStart(BenchDatabase database);

    /// <summary>A process that works.</summary>
    /// <param name="database">Where.</param>
    /// <param name="timed">Whether it writes down when each handler began.</param>
    public abstract ProcessStartInfo WorkerStart(BenchDatabase database, bool timed);

    /// <summary>A process for the duties beside the workers; null when the workers do them.</summary>
    public virtual ProcessStartInfo? HostStart(BenchDatabase database) => null;

    /// <summary>True when no job is unfinished, by the store's account.</summary>
    public abstract Task<bool> IsDrainedAsync(BenchDatabase database);
}
