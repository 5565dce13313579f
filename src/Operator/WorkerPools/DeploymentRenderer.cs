using System.Security.Cryptography;
using System.Text.Json;
using PodEngine.Kubernetes.Objects;
using PodEngine.Kubernetes.Objects.Apps;
using PodEngine.Kubernetes.Objects.Core;
using PodEngine.Resources.WorkerPools;
using PodEngine.Shared.Pools;

namespace PodEngine.Operator.WorkerPools;

/// <summary>
/// The Deployment of a pool, as the operator applies it. Pure: the same pool, settings and count give the same bytes. Pods run under the
/// restricted Pod Security Standard, without a Kubernetes token.
/// </summary>
/// <param name="defaultDatabaseSecret">Secret with the database's address, in the pool's namespace, for pools that name none; null for none.</param>
internal sealed class DeploymentRenderer(string? defaultDatabaseSecret)
{
    /// <summary>What a pod gets on top of <c>drainSeconds</c> before it is killed: to hand back its jobs and say goodbye.</summary>
    public const int StopMarginSeconds = 30;

    /// <summary>Group of the files in a pool's storage; the <c>app</c> user of the .NET images.</summary>
    private const long FileGroup = 1654;

    private static readonly string[] OwnVariables =
        [PoolSettings.EnvironmentVariable, WorkerNames.CredentialsVariable, "POD_NAME"];

    /// <summary>Renders the Deployment.</summary>
    /// <param name="pool">The pool, as stored.</param>
    /// <param name="settings">What its workers are told.</param>
    /// <param name="image">Image of its workers.</param>
    /// <param name="replicas">How many there shall be.</param>
    public Deployment Render(WorkerPool pool, PoolSettings settings, string image, int replicas)
    {
        var deployment = new Deployment
        {
            Metadata = new ObjectMeta
            {
                Name = WorkerNames.Deployment(pool.Metadata.Name!),
                Namespace = pool.Metadata.Namespace,
                Labels = Labels(pool),
                OwnerReferences = [OwnerReference.ControlledBy(pool)],
            },
            Spec = new DeploymentSpec
            {
                Replicas = replicas,
                RevisionHistoryLimit = 3,
                Selector = Selector(pool),
                Template = new PodTemplateSpec { Metadata = new ObjectMeta { Labels = Labels(pool) }, Spec = PodSpec(pool, settings, image) },
            },
        };
        var hash = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(deployment, BuiltIn.Deployments.Json)).AsSpan(0, 8));
        var annotations = new Dictionary<string, string> { [WorkerNames.AppliedHashAnnotation] = hash };
        return deployment with { Metadata = deployment.Metadata with { Annotations = annotations } };
    }

    private static Dictionary<string, string> Labels(WorkerPool pool) => new()
    {
        ["app.kubernetes.io/name"] = "pod-engine-worker",
        ["app.kubernetes.io/instance"] = pool.Metadata.Name!,
        ["app.kubernetes.io/component"] = "worker",
        ["app.kubernetes.io/part-of"] = "pod-engine",
        ["app.kubernetes.io/managed-by"] = WorkerNames.FieldManager,
        [WorkerNames.PoolLabel] = pool.Metadata.Name!,
    };

    private static LabelSelector Selector(WorkerPool pool) =>
        new() { MatchLabels = new Dictionary<string, string> { [WorkerNames.PoolLabel] = pool.Metadata.Name! } };

    private PodSpec PodSpec(WorkerPool pool, PoolSettings settings, string image)
    {
        var spec = pool.Spec;
        return new PodSpec
        {
            Containers = [Container(pool, settings, image)],
            Volumes = [.. Volumes(spec)],
            ServiceAccountName = spec.ServiceAccountName,
            AutomountServiceAccountToken = false,
            EnableServiceLinks = false,
            SecurityContext = new PodSecurityContext
            {
                RunAsNonRoot = true,
                FsGroup = FileGroup,
                FsGroupChangePolicy = "OnRootMismatch",
                SeccompProfile = new SeccompProfile { Type = "RuntimeDefault" },
            },
            NodeSelector = spec.NodeSelector,
            Tolerations = spec.Tolerations,
            TopologySpreadConstraints =
            [
                new TopologySpreadConstraint
                {
                    MaxSkew = 1,
                    TopologyKey = "kubernetes.io/hostname",
                    WhenUnsatisfiable = "ScheduleAnyway",
                    LabelSelector = Selector(pool),
                },
            ],
            ImagePullSecrets = spec.ImagePullSecrets,
            PriorityClassName = spec.PriorityClassName,
            TerminationGracePeriodSeconds = spec.DrainSeconds + StopMarginSeconds,
        };
    }

    private Container Container(WorkerPool pool, PoolSettings settings, string image) => new()
    {
        Name = WorkerNames.Container,
        Image = image,
        Ports =
        [
            new ContainerPort { Name = "metrics", Number = WorkerNames.MetricsPort, Protocol = "TCP" },
            new ContainerPort { Name = "probes", Number = WorkerNames.ProbesPort, Protocol = "TCP" },
        ],
        Env = [.. Environment(pool.Spec, settings)],
        EnvFrom = pool.Spec.EnvFrom,
        Resources = pool.Spec.Resources is not { } resources ? null : new ResourceRequirements { Requests = resources.Requests, Limits = resources.Limits },
        VolumeMounts = [.. Mounts(pool.Spec)],
        StartupProbe = Probe("/livez", period: 2, failures: 60),
        LivenessProbe = Probe("/livez", period: 10, failures: 6),
        ReadinessProbe = Probe("/readyz", period: 5, failures: 2),
        SecurityContext = new SecurityContext
        {
            AllowPrivilegeEscalation = false,
            ReadOnlyRootFilesystem = true,
            RunAsNonRoot = true,
            Capabilities = new Capabilities { Drop = ["ALL"] },
            SeccompProfile = new SeccompProfile { Type = "RuntimeDefault" },
        },
    };

    private IEnumerable<EnvVar> Environment(WorkerPoolSpec spec, PoolSettings settings)
    {
        yield return new EnvVar { Name = PoolSettings.EnvironmentVariable, Value = PoolSettingsJson.Write(settings) };
        yield return new EnvVar { Name = "POD_NAME", ValueFrom = new EnvVarSource { FieldRef = new ObjectFieldSelector { FieldPath = "metadata.name" } } };
        if (spec.CredentialsSecretName is not null)
        {
            yield return new EnvVar { Name = WorkerNames.CredentialsVariable, Value = WorkerNames.CredentialsFolder };
        }

        var own = spec.Env ?? [];
        if (DatabaseSecret(spec) is { } secret && !own.Any(static variable => variable.Name == WorkerNames.DatabaseVariable))
        {
            yield return new EnvVar { Name = WorkerNames.DatabaseVariable, ValueFrom = new EnvVarSource { SecretKeyRef = secret } };
        }

        foreach (var variable in own.Where(static variable => !OwnVariables.Contains(variable.Name)))
        {
            yield return variable;
        }
    }

    private KeySelector? DatabaseSecret(WorkerPoolSpec spec) => spec.Database is { } database
        ? new KeySelector { Name = database.SecretName, Key = database.Key }
        : defaultDatabaseSecret is not null ? new KeySelector { Name = defaultDatabaseSecret, Key = "uri" } : null;

    private static IEnumerable<VolumeMount> Mounts(WorkerPoolSpec spec)
    {
        yield return new VolumeMount { Name = "tmp", MountPath = "/tmp" };
        if (spec.Providers.Storage.S3 is null)
        {
            yield return new VolumeMount { Name = "storage", MountPath = WorkerNames.StorageFolder };
        }

        if (spec.CredentialsSecretName is not null)
        {
            yield return new VolumeMount { Name = "credentials", MountPath = WorkerNames.CredentialsFolder, ReadOnly = true };
        }
    }

    private static IEnumerable<Volume> Volumes(WorkerPoolSpec spec)
    {
        yield return new Volume { Name = "tmp", EmptyDir = new EmptyDirVolumeSource() };
        if (spec.Providers.Storage.S3 is null)
        {
            yield return spec.Providers.Storage.Filesystem is { } filesystem
                ? new Volume { Name = "storage", PersistentVolumeClaim = new ClaimVolumeSource { ClaimName = filesystem.ClaimName } }
                : new Volume { Name = "storage", EmptyDir = new EmptyDirVolumeSource() };
        }

        if (spec.CredentialsSecretName is { } credentials)
        {
            yield return new Volume { Name = "credentials", Secret = new SecretVolumeSource { SecretName = credentials } };
        }
    }

    private static Probe Probe(string path, int period, int failures) => new()
    {
        HttpGet = new HttpGetAction { Path = path, Port = "probes" },
        PeriodSeconds = period,
        FailureThreshold = failures,
        TimeoutSeconds = 3,
    };
}
