using PodEngine.Queue.Bench.Measuring;

namespace PodEngine.Queue.Bench.Reporting;

/// <summary>What became of the jobs of workers that were killed or frozen.</summary>
internal sealed record RescueFinding
{
    /// <summary>Workers killed.</summary>
    public int Kills { get; init; }

    /// <summary>From the kill until the job was started elsewhere.</summary>
    public Distribution? UntilStarted { get; init; }

    /// <summary>Writes that thawed workers tried with leases they had lost.</summary>
    public long StaleTried { get; init; }

    /// <summary>Of these, accepted: must be 0.</summary>
    public long StaleAccepted { get; init; }
}
