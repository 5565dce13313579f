namespace PodEngine.Queue.Bench.Cells;

/// <summary>How much is measured. The whole takes about half an hour on two cores; <see cref="Quick"/> proves in minutes that everything works.</summary>
internal sealed record BenchSize
{
    /// <summary>Rounds in which the contenders alternate.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>Jobs of a drain.</summary>
    public int Jobs { get; init; } = 100_000;

    /// <summary>How long single inserts are counted, per contender and round.</summary>
    public TimeSpan Inserting { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How long pickups are measured.</summary>
    public TimeSpan Picking { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Jobs that wait while pickups are measured.</summary>
    public int Backlog { get; init; } = 1_000_000;

    /// <summary>How long a snapshot is held.</summary>
    public TimeSpan Holding { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>How long an idle process is watched.</summary>
    public TimeSpan Idling { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How often a worker is ended while it holds unstarted jobs.</summary>
    public int HandBacks { get; init; } = 20;

    /// <summary>Rounds of kills.</summary>
    public int KillRounds { get; init; } = 10;

    /// <summary>Workers killed at once.</summary>
    public int Kills { get; init; } = 20;

    /// <summary>Workers frozen past their lease beside those killed.</summary>
    public int Freezes { get; init; } = 4;

    /// <summary>Jobs of a saturated key in front of <see cref="Free"/> others.</summary>
    public int Saturated { get; init; } = 10_000;

    /// <summary>Jobs of a free key behind them.</summary>
    public int Free { get; init; } = 100;

    /// <summary>How often that is tried.</summary>
    public int SaturatedTries { get; init; } = 5;

    /// <summary>A run that proves that everything works and measures nothing worth keeping.</summary>
    public static BenchSize Quick { get; } = new()
    {
        Rounds = 1,
        Jobs = 10_000,
        Inserting = TimeSpan.FromSeconds(1),
        Picking = TimeSpan.FromSeconds(4),
        Backlog = 20_000,
        Holding = TimeSpan.FromSeconds(20),
        Idling = TimeSpan.FromSeconds(6),
        HandBacks = 2,
        KillRounds = 1,
        Kills = 4,
        Freezes = 2,
        Saturated = 1_000,
        SaturatedTries = 1,
    };
}
