namespace PodEngine.Simulators.Knobs;

/// <summary>Chances, each 0–1 and all 0 by default, that a request meets a fault; drawn once per request from the seeded generator.</summary>
public sealed record RandomFaults
{
    /// <summary>The connection is cut before anything happens.</summary>
    public double DropRate { get; init; }

    /// <summary>The request takes effect, then the connection is cut without an answer.</summary>
    public double DropAfterEffectRate { get; init; }

    /// <summary>The answer is an error with <see cref="ErrorStatus"/>.</summary>
    public double ErrorRate { get; init; }

    /// <summary>Status of random errors; default 500.</summary>
    public int ErrorStatus { get; init; } = 500;

    /// <summary>Value of the <c>Retry-After</c> header of random errors; none by default.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>The answer comes <see cref="SlowMs"/> later.</summary>
    public double SlowRate { get; init; }

    /// <summary>Delay of random slow answers in milliseconds; default 1000.</summary>
    public int SlowMs { get; init; } = 1000;
}
