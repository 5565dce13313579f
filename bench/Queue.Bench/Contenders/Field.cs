using PodEngine.Queue.Bench.Roles;

namespace PodEngine.Queue.Bench.Contenders;

/// <summary>Everybody who takes part, at the settings compared.</summary>
/// <param name="peers">The folder with the peers' scripts and packages.</param>
internal sealed class Field(string peers)
{
    private const string GraphileWorker = "graphile-worker";
    private const string PgBoss = "pg-boss";

    /// <summary>Ours, for many short jobs.</summary>
    public OurContender Ours { get; } = new()
    {
        Name = "ours",
        Role = ContenderRole.Ours,
        Settings = "32 slots, 1,000 claimed ahead, claims of 500, 2,000 held at most",
        Process = new RoleSettings { Url = "", Slots = 32, ClaimAhead = 1_000, MaxHeld = 2_000, ClaimBatch = 500 },
    };

    /// <summary>Ours, for few long jobs: 25 jobs claimed per process whose handlers have not ended.</summary>
    public OurContender OursFewInFlight { get; } = new()
    {
        Name = "ours, 25 in flight",
        Role = ContenderRole.OursFewInFlight,
        Settings = "25 slots, nothing claimed ahead",
        Process = new RoleSettings { Url = "", Slots = 25 },
    };

    /// <summary>Ours, counted as strictly as can be: 25 claimed and not accepted as ended per process, the time their reports take included.</summary>
    public OurContender OursFewHeld { get; } = new()
    {
        Name = "ours, 25 held",
        Role = ContenderRole.OursFewHeld,
        Settings = "25 slots, 25 held at most",
        Process = new RoleSettings { Url = "", Slots = 25, MaxHeld = 25 },
    };

    /// <summary>graphile-worker as its page on performance advises.</summary>
    public PeerContender GraphileBest { get; } = Graphile(
        peers, "graphile-worker, best", ContenderRole.GraphileWorkerBest, "24 slots, local queue of 500, completion delay 0",
        new PeerSettings { Concurrency = 24, LocalQueue = 500, BatchDelayMs = 0 });

    /// <summary>graphile-worker's defaults, but 24 slots instead of one.</summary>
    public PeerContender GraphileDefaults { get; } = Graphile(
        peers, "graphile-worker, defaults", ContenderRole.GraphileWorkerDefaults, "24 slots", new PeerSettings { Concurrency = 24 }) with
    {
        DrainShare = 0.2,
    };

    /// <summary>graphile-worker where the next job counts more than the most jobs.</summary>
    public PeerContender GraphileSteady { get; } = Graphile(
        peers, "graphile-worker, steady", ContenderRole.GraphileWorkerBest, "4 slots, local queue of 100, completion delay 0",
        new PeerSettings { Concurrency = 4, LocalQueue = 100, BatchDelayMs = 0 });

    /// <summary>pg-boss in large batches.</summary>
    public PeerContender PgBossBest { get; } = Boss(
        peers, "pg-boss, best", ContenderRole.PgBossBest, "batches of 500, 4 workers, poll 0.5 s, burst",
        new PeerSettings { Concurrency = 4, BatchSize = 500, PollSeconds = 0.5, Burst = true });

    /// <summary>pg-boss's defaults, but 24 workers instead of one; its poll interval of 2 s bounds it.</summary>
    public PeerContender PgBossDefaults { get; } = Boss(
        peers, "pg-boss, defaults", ContenderRole.PgBossDefaults, "24 workers", new PeerSettings { Concurrency = 24 }) with
    {
        DrainShare = 0.0025,
    };

    /// <summary>pg-boss woken by NOTIFY.</summary>
    public PeerContender PgBossSteady { get; } = Boss(
        peers, "pg-boss, steady", ContenderRole.PgBossBest, "batches of 100, 2 workers, poll 0.5 s, burst, notify",
        new PeerSettings { Concurrency = 2, BatchSize = 100, PollSeconds = 0.5, Burst = true, Notify = true });

    /// <summary>Everybody.</summary>
    public IEnumerable<Contender> All => [.. Draining, GraphileSteady, PgBossSteady];

    /// <summary>Who drains, in the order of a round.</summary>
    public IReadOnlyList<Contender> Draining => [Ours, OursFewInFlight, OursFewHeld, GraphileDefaults, GraphileBest, PgBossDefaults, PgBossBest];

    private static PeerContender Graphile(string folder, string name, ContenderRole role, string settings, PeerSettings process) => new()
    {
        Name = name,
        Role = role,
        Settings = settings,
        Folder = folder,
        Package = GraphileWorker,
        Process = process,
        DrainedSql = "select not exists (select from graphile_worker._private_jobs)",
    };

    private static PeerContender Boss(string folder, string name, ContenderRole role, string settings, PeerSettings process) => new()
    {
        Name = name,
        Role = role,
        Settings = settings,
        Folder = folder,
        Package = PgBoss,
        Process = process,
        DrainedSql = "select not exists (select from pgboss.job where name = 'bench' and state < 'completed')",
    };
}
