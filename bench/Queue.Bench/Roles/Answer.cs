using System.Text.Json.Serialization;

namespace PodEngine.Queue.Bench.Roles;

/// <summary>What a process tells the bench, one line of JSON each. Moments are microseconds of the machine's monotonic clock, which all processes share.</summary>
internal sealed record Answer
{
    /// <summary>One of the constants below.</summary>
    [JsonPropertyName("answer")]
    public required string Kind { get; init; }

    /// <summary>Jobs inserted, handled or mirrored.</summary>
    public long Count { get; init; }

    /// <summary>How long an order took.</summary>
    public long ElapsedMicros { get; init; }

    /// <summary>When the first handler began; 0 before.</summary>
    public long FirstMicros { get; init; }

    /// <summary>The numbers of the jobs handled, in the order they were.</summary>
    public IReadOnlyList<long>? Numbers { get; init; }

    /// <summary>When each handler began, if that was asked for.</summary>
    public IReadOnlyList<long>? Starts { get; init; }

    /// <summary>Writes that released handlers tried with their lease.</summary>
    public long WritesTried { get; init; }

    /// <summary>Of these, accepted. Where a successor holds the job it must be 0.</summary>
    public long WritesAccepted { get; init; }

    /// <summary>Set up and connected.</summary>
    public const string Ready = "ready";

    /// <summary>So many jobs were handled so far; sent by itself.</summary>
    public const string Handled = "handled";

    /// <summary>An order was carried out.</summary>
    public const string Done = "done";

    /// <summary>What was asked for by <see cref="Order.Report"/>.</summary>
    public const string Report = "report";

    /// <summary>Ended in order.</summary>
    public const string Stopped = "stopped";
}
