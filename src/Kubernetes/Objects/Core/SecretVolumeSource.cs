namespace PodEngine.Kubernetes.Objects.Core;

/// <summary>The keys of a Secret as files.</summary>
public sealed record SecretVolumeSource
{
    /// <summary>The Secret.</summary>
    public required string SecretName { get; init; }

    /// <summary>File mode; the API server's default is 420 (octal 644).</summary>
    public int? DefaultMode { get; init; }

    /// <summary>Whether the pod may start without it.</summary>
    public bool? Optional { get; init; }

    /// <summary>The keys meant; all by default.</summary>
    public IReadOnlyList<KeyToPath>? Items { get; init; }
}
