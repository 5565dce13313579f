namespace PodEngine.Kubernetes.Objects;

/// <summary>The API server's answer to a request that failed, and the object of a watch's ERROR event.</summary>
public sealed record KubernetesStatus
{
    /// <summary><c>Success</c> or <c>Failure</c>.</summary>
    public string? Status { get; init; }

    /// <summary>What went wrong, for people.</summary>
    public string? Message { get; init; }

    /// <summary>What went wrong, as one CamelCase word such as <c>NotFound</c>, <c>Conflict</c>, <c>Expired</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>The HTTP status code.</summary>
    public int? Code { get; init; }

    /// <summary>More about the failure, where there is more.</summary>
    public StatusDetails? Details { get; init; }
}
