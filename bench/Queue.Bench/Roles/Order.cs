using System.Text.Json.Serialization;

namespace PodEngine.Queue.Bench.Roles;

/// <summary>What the bench tells a process, one line of JSON each; <c>bench/peers/child.mjs</c> understands the same words.</summary>
internal sealed record Order
{
    /// <summary>One of the constants below.</summary>
    [JsonPropertyName("order")]
    public required string Kind { get; init; }

    /// <summary>First number of a bulk.</summary>
    public int From { get; init; }

    /// <summary>Jobs of a bulk.</summary>
    public int Count { get; init; }

    /// <summary>Jobs per insert call.</summary>
    public int PerCall { get; init; } = 1;

    /// <summary>Clients that insert at the same time, each one job after the other.</summary>
    public int Clients { get; init; }

    /// <summary>How long it goes on.</summary>
    public double Seconds { get; init; }

    /// <summary>Jobs per second of a paced producer.</summary>
    public double RatePerSecond { get; init; }

    /// <summary>Due so long after the insert; 0 for at once.</summary>
    public double DelaySeconds { get; init; }

    /// <summary>Priority, ours only.</summary>
    public int Priority { get; init; }

    /// <summary>Shared limit the jobs run under, ours only; null for none.</summary>
    public string? LimitKey { get; init; }

    /// <summary>Begin to work.</summary>
    public const string Go = "go";

    /// <summary>Stop to work, forget what was handled, and wait for the next word to begin.</summary>
    public const string Rest = "rest";

    /// <summary>Insert many.</summary>
    public const string Bulk = "bulk";

    /// <summary>Insert one by one, as fast as it goes.</summary>
    public const string Single = "single";

    /// <summary>Insert at a rate.</summary>
    public const string Paced = "paced";

    /// <summary>Say what was handled.</summary>
    public const string Report = "report";

    /// <summary>Say when the mirror has caught up.</summary>
    public const string Settle = "settle";

    /// <summary>Let handlers end that were held.</summary>
    public const string Release = "release";

    /// <summary>End.</summary>
    public const string Stop = "stop";
}
