namespace PodEngine.Resources.PodJobs;

/// <summary>Why a job or its last attempt failed, redacted.</summary>
public sealed record PodJobFailure
{
    /// <summary>Who can mend it, one word.</summary>
    public required string Class { get; init; }

    /// <summary>Stable code.</summary>
    public required string Code { get; init; }

    /// <summary>What happened and what to do, at most 1024 characters.</summary>
    public required string Message { get; init; }

    /// <summary>Whether a further attempt may succeed without anybody changing anything.</summary>
    public required bool Retryable { get; init; }
}
