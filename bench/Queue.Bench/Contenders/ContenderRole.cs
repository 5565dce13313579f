using System.Text.Json.Serialization;

namespace PodEngine.Queue.Bench.Contenders;

/// <summary>What a contender stands for in the ratios.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ContenderRole>))]
internal enum ContenderRole
{
    /// <summary>Our queue at the settings for many short jobs.</summary>
    Ours,

    /// <summary>Our queue with 25 jobs in flight per process: few, long jobs.</summary>
    OursFewInFlight,

    /// <summary>Our queue with 25 jobs held per process until their outcome was accepted.</summary>
    OursFewHeld,

    /// <summary>graphile-worker at its best documented settings.</summary>
    GraphileWorkerBest,

    /// <summary>graphile-worker with 24 slots and its defaults otherwise.</summary>
    GraphileWorkerDefaults,

    /// <summary>pg-boss at its best documented settings.</summary>
    PgBossBest,

    /// <summary>pg-boss with 24 workers per process and its defaults otherwise.</summary>
    PgBossDefaults,
}
