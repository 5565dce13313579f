namespace PodEngine.Simulators.Faults;

/// <summary>A fault waiting for the requests it is meant for. Faults are met in the order they were added, one per request.</summary>
public sealed class Fault
{
    /// <summary>
    /// <c>METHOD /path</c> below the service's prefix, <c>{name}</c> standing for one segment and a last <c>*</c> for the rest; the method may be
    /// <c>*</c>. Empty means any request of the service.
    /// </summary>
    public string Route { get; set; } = "";

    /// <summary>What happens.</summary>
    public FaultKind Kind { get; set; }

    /// <summary>Status to answer; default 500.</summary>
    public int Status { get; set; } = 500;

    /// <summary>Value of the <c>Retry-After</c> header.</summary>
    public string? RetryAfter { get; set; }

    /// <summary>Further headers of the answer.</summary>
    public Dictionary<string, string> Headers { get; set; } = [];

    /// <summary>Body in place of the service's own.</summary>
    public string? Body { get; set; }

    /// <summary>Content type of <see cref="Body"/>; default JSON.</summary>
    public string ContentType { get; set; } = "application/json";

    /// <summary>Milliseconds of <see cref="FaultKind.Slow"/> and <see cref="FaultKind.Hang"/>.</summary>
    public int DelayMs { get; set; }

    /// <summary>Variant of the service, such as <c>Refusal</c> for Claude.</summary>
    public string? Variant { get; set; }

    /// <summary>Whether the request takes effect first, its answer being thrown away or held back.</summary>
    public bool AfterEffect { get; set; }

    /// <summary>Matching requests to let through first; default 0.</summary>
    public int AfterCount { get; set; }

    /// <summary>Requests that meet the fault; default 1, −1 for all.</summary>
    public int Times { get; set; } = 1;
}
