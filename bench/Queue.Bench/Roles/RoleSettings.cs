namespace PodEngine.Queue.Bench.Roles;

/// <summary>How one of our processes takes part in a measurement; given to it as JSON.</summary>
internal sealed record RoleSettings
{
    /// <summary>The database, <c>postgresql://…</c>.</summary>
    public required string Url { get; init; }

    /// <summary>Handlers at a time.</summary>
    public int Slots { get; init; } = 5;

    /// <summary>Jobs claimed before a slot is free for them.</summary>
    public int ClaimAhead { get; init; }

    /// <summary>Jobs held at a time, from the claim until the outcome was accepted.</summary>
    public int MaxHeld { get; init; } = 1_000;

    /// <summary>Jobs per claim at most.</summary>
    public int ClaimBatch { get; init; } = 500;

    /// <summary>Write down when each handler began.</summary>
    public bool Timed { get; init; }

    /// <summary>What a handler does.</summary>
    public HandlerKind Handler { get; init; }

    /// <summary>With <see cref="HandlerKind.PutOff"/>: jobs with a smaller number are of a saturated key.</summary>
    public int SaturatedBelow { get; init; }

    /// <summary>How long writing a status to the API server takes, as the mirror waits for it; milliseconds per status, 16 at a time.</summary>
    public double StatusWriteMilliseconds { get; init; } = 5;
}
