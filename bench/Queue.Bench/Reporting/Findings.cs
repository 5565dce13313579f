using PodEngine.Queue.Bench.Contenders;

namespace PodEngine.Queue.Bench.Reporting;

/// <summary>Everything the cells found.</summary>
internal sealed record Findings
{
    /// <summary>Drains, in the order they were measured.</summary>
    public List<DrainFinding> Drains { get; } = [];

    /// <summary>Inserts one by one.</summary>
    public List<InsertFinding> Inserts { get; } = [];

    /// <summary>Pickups.</summary>
    public List<PickupFinding> Pickups { get; } = [];

    /// <summary>Pickups under a held snapshot.</summary>
    public List<HeldSnapshotFinding> HeldSnapshots { get; } = [];

    /// <summary>Idle processes.</summary>
    public List<IdleFinding> Idles { get; } = [];

    /// <summary>Hand-backs.</summary>
    public List<HandBackFinding> HandBacks { get; } = [];

    /// <summary>Rescues.</summary>
    public List<RescueFinding> Rescues { get; } = [];

    /// <summary>Jobs behind those of a saturated key.</summary>
    public List<SaturatedKeyFinding> SaturatedKeys { get; } = [];

    /// <summary>What was lost, done twice or accepted though stale, of ours: any fails the run.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>The same of peers: noted, no more.</summary>
    public List<string> PeerFaults { get; } = [];

    /// <summary>Notes a fault of somebody.</summary>
    public void AddFault(Contender contender, string fault) => (contender is OurContender ? Faults : PeerFaults).Add(fault);
}
