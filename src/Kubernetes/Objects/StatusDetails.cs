namespace PodEngine.Kubernetes.Objects;

/// <summary>What a failed request was about.</summary>
public sealed record StatusDetails
{
    /// <summary>Name of the object.</summary>
    public string? Name { get; init; }

    /// <summary>Group of its kind.</summary>
    public string? Group { get; init; }

    /// <summary>Its kind or plural.</summary>
    public string? Kind { get; init; }

    /// <summary>Its uid.</summary>
    public string? Uid { get; init; }

    /// <summary>Every fault found, one each.</summary>
    public IReadOnlyList<StatusCause>? Causes { get; init; }

    /// <summary>How long to wait before asking again, in seconds.</summary>
    public int? RetryAfterSeconds { get; init; }
}
