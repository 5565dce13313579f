namespace PodEngine.Kubernetes.Objects.Core;

/// <summary>How the kubelet asks after a container; exactly one way of asking.</summary>
public sealed record Probe
{
    /// <summary>Healthy on 200 to 399.</summary>
    public HttpGetAction? HttpGet { get; init; }

    /// <summary>Healthy on exit code 0.</summary>
    public ExecAction? Exec { get; init; }

    /// <summary>Seconds before the first question.</summary>
    public int? InitialDelaySeconds { get; init; }

    /// <summary>Seconds between questions; 10 by default.</summary>
    public int? PeriodSeconds { get; init; }

    /// <summary>Seconds to wait for an answer; 1 by default.</summary>
    public int? TimeoutSeconds { get; init; }

    /// <summary>Failures in a row that count; 3 by default.</summary>
    public int? FailureThreshold { get; init; }

    /// <summary>Successes in a row that count; 1 by default.</summary>
    public int? SuccessThreshold { get; init; }
}
