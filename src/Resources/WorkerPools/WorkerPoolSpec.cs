using PodEngine.Kubernetes.Objects.Core;

namespace PodEngine.Resources.WorkerPools;

/// <summary>How many workers a pool has, where they run and what they use.</summary>
public sealed record WorkerPoolSpec
{
    /// <summary>Workers, 0 to 1000, while <see cref="Autoscaling"/> is not set; the user's or an autoscaler's, never the operator's; default 1.</summary>
    public int Replicas { get; init; } = 1;

    /// <summary>Jobs per worker at a time, 1 to 5000; default 5.</summary>
    public int Concurrency { get; init; } = 5;

    /// <summary>Lets the operator choose the number of workers; null leaves it to <see cref="Replicas"/>.</summary>
    public AutoscalingSpec? Autoscaling { get; init; }

    /// <summary>Restarts after which a worker counts as failing, 0 to 100; default 3.</summary>
    public int MaxRestarts { get; init; } = 3;

    /// <summary>How long a stopping worker may finish its jobs, 0 to 86400 s; default 300.</summary>
    public int DrainSeconds { get; init; } = 300;

    /// <summary>Default <see cref="PauseMode.None"/>.</summary>
    public PauseMode Paused { get; init; }

    /// <summary>Image of the workers; null for the operator's setting.</summary>
    public string? Image { get; init; }

    /// <summary>CPU, memory and other resources of one worker.</summary>
    public WorkerResources? Resources { get; init; }

    /// <summary>Labels a node must have, at most 32.</summary>
    public IReadOnlyDictionary<string, string>? NodeSelector { get; init; }

    /// <summary>Taints that are tolerated, at most 32.</summary>
    public IReadOnlyList<Toleration>? Tolerations { get; init; }

    /// <summary>Environment variables by unique name, at most 64.</summary>
    public IReadOnlyList<EnvVar>? Env { get; init; }

    /// <summary>Secrets and ConfigMaps whose keys become environment variables, at most 16.</summary>
    public IReadOnlyList<EnvFromSource>? EnvFrom { get; init; }

    /// <summary>Service account of the pods; null for the namespace's default one.</summary>
    public string? ServiceAccountName { get; init; }

    /// <summary>Secrets to pull the image with, at most 16.</summary>
    public IReadOnlyList<LocalObjectReference>? ImagePullSecrets { get; init; }

    /// <summary>PriorityClass of the pods.</summary>
    public string? PriorityClassName { get; init; }

    /// <summary>Secret with the keys to the providers.</summary>
    public string? CredentialsSecretName { get; init; }

    /// <summary>Where the workers find PostgreSQL; null when it comes by the environment.</summary>
    public DatabaseReference? Database { get; init; }

    /// <summary>The outside services jobs use.</summary>
    public ProvidersSpec Providers { get => field ?? new(); init; }
}
