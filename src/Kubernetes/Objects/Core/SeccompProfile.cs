namespace PodEngine.Kubernetes.Objects.Core;

/// <summary>System call filter.</summary>
public sealed record SeccompProfile
{
    /// <summary><c>RuntimeDefault</c> or <c>Localhost</c>.</summary>
    public required string Type { get; init; }

    /// <summary>File of a <c>Localhost</c> profile.</summary>
    public string? LocalhostProfile { get; init; }
}
