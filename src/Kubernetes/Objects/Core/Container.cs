namespace PodEngine.Kubernetes.Objects.Core;

/// <summary>One container of a pod.</summary>
public sealed record Container
{
    /// <summary>Unique within the pod.</summary>
    public required string Name { get; init; }

    /// <summary>The image.</summary>
    public string? Image { get; init; }

    /// <summary><c>Always</c>, <c>IfNotPresent</c> or <c>Never</c>.</summary>
    public string? ImagePullPolicy { get; init; }

    /// <summary>Replaces the image's entry point.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>Replaces the image's arguments.</summary>
    public IReadOnlyList<string>? Args { get; init; }

    /// <summary>Replaces the image's working directory.</summary>
    public string? WorkingDir { get; init; }

    /// <summary>Ports it listens on.</summary>
    public IReadOnlyList<ContainerPort>? Ports { get; init; }

    /// <summary>Environment variables.</summary>
    public IReadOnlyList<EnvVar>? Env { get; init; }

    /// <summary>Whole ConfigMaps and Secrets as environment variables.</summary>
    public IReadOnlyList<EnvFromSource>? EnvFrom { get; init; }

    /// <summary>What it needs and may use.</summary>
    public ResourceRequirements? Resources { get; init; }

    /// <summary>Volumes it sees.</summary>
    public IReadOnlyList<VolumeMount>? VolumeMounts { get; init; }

    /// <summary>Holds the other probes back until it passes.</summary>
    public Probe? StartupProbe { get; init; }

    /// <summary>Restarts the container when it fails.</summary>
    public Probe? LivenessProbe { get; init; }

    /// <summary>Takes the pod out of service while it fails.</summary>
    public Probe? ReadinessProbe { get; init; }

    /// <summary>Rights of this container.</summary>
    public SecurityContext? SecurityContext { get; init; }
}
