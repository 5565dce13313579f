namespace PodEngine.Queue.Bench.Contenders;

/// <summary>How a peer's processes take part, as <c>bench/peers/*.mjs</c> read it; what is null is left at the peer's default.</summary>
internal sealed record PeerSettings
{
    /// <summary>The database, <c>postgresql://…</c>.</summary>
    public string? Url { get; init; }

    /// <summary>Handlers, or fetching loops, at a time.</summary>
    public int Concurrency { get; init; }

    /// <summary>graphile-worker: jobs fetched at once.</summary>
    public int? LocalQueue { get; init; }

    /// <summary>graphile-worker: how long completions are gathered.</summary>
    public int? BatchDelayMs { get; init; }

    /// <summary>pg-boss: jobs per fetch.</summary>
    public int? BatchSize { get; init; }

    /// <summary>pg-boss: seconds between two fetches, at least 0.5.</summary>
    public double? PollSeconds { get; init; }

    /// <summary>pg-boss: fetch on at once while fetches come back full.</summary>
    public bool? Burst { get; init; }

    /// <summary>pg-boss: wake workers by NOTIFY.</summary>
    public bool? Notify { get; init; }

    /// <summary>Write down when each handler began.</summary>
    public bool Timed { get; init; }
}
