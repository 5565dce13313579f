using System.Text.Json.Serialization;
using PodEngine.Kubernetes.Objects;
using PodEngine.Kubernetes.Objects.Apps;
using PodEngine.Kubernetes.Objects.Core;

namespace PodEngine.Kubernetes.Tests;

/// <summary>A kind no API server has.</summary>
[KubernetesEntity(Group = "absent.example", ApiVersion = "v1", Kind = "Absent", PluralName = "absents")]
internal sealed record Absent : KubernetesObject;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Absent))]
[JsonSerializable(typeof(KubernetesList<Absent>))]
internal sealed partial class TestJson : JsonSerializerContext;

internal static class TestKinds
{
    public static ResourceType<Absent> Absents { get; } = ResourceType.Of<Absent>(TestJson.Default);

    /// <summary>A deployment with every part of the pod that the records know.</summary>
    public static Deployment WebDeployment(string namespaceName)
    {
        var labels = new Dictionary<string, string> { ["app"] = "web" };
        var selector = new LabelSelector { MatchLabels = labels };
        return new Deployment
        {
            Metadata = new ObjectMeta { Name = "web", Namespace = namespaceName, Labels = labels },
            Spec = new DeploymentSpec
            {
                Replicas = 1,
                Selector = selector,
                MinReadySeconds = 1,
                Strategy = new DeploymentStrategy { Type = "RollingUpdate", RollingUpdate = new RollingUpdate { MaxSurge = "25%", MaxUnavailable = 0 } },
                Template = new PodTemplateSpec
                {
                    Metadata = new ObjectMeta { Labels = labels },
                    Spec = new PodSpec
                    {
                        Containers = [WebContainer()],
                        Volumes =
                        [
                            new Volume { Name = "scratch", EmptyDir = new EmptyDirVolumeSource { SizeLimit = "1Gi" } },
                            new Volume { Name = "settings", ConfigMap = new ConfigMapVolumeSource { Name = "settings", Optional = true } },
                            new Volume { Name = "keys", Secret = new SecretVolumeSource { SecretName = "keys", Optional = true, DefaultMode = 256 } },
                        ],
                        ServiceAccountName = "default",
                        AutomountServiceAccountToken = false,
                        SecurityContext = new PodSecurityContext { RunAsNonRoot = true, SeccompProfile = new SeccompProfile { Type = "RuntimeDefault" } },
                        NodeSelector = new Dictionary<string, string> { ["kubernetes.io/os"] = "linux" },
                        Tolerations = [new Toleration { Key = "gpu", Operator = "Exists", Effect = "NoSchedule" }],
                        TopologySpreadConstraints =
                        [
                            new TopologySpreadConstraint
                            {
                                MaxSkew = 1, TopologyKey = "kubernetes.io/hostname", WhenUnsatisfiable = "ScheduleAnyway", LabelSelector = selector,
                            },
                        ],
                        ImagePullSecrets = [new LocalObjectReference { Name = "registry" }],
                        TerminationGracePeriodSeconds = 60,
                    },
                },
            },
        };
    }

    private static Container WebContainer() => new()
    {
        Name = "web",
        Image = "example/web:1",
        Args = ["--listen", "8080"],
        Ports = [new ContainerPort { Number = 8080, Name = "http", Protocol = "TCP" }],
        Env =
        [
            new EnvVar { Name = "POD", ValueFrom = new EnvVarSource { FieldRef = new ObjectFieldSelector { ApiVersion = "v1", FieldPath = "metadata.name" } } },
            new EnvVar { Name = "KEY", ValueFrom = new EnvVarSource { SecretKeyRef = new KeySelector { Name = "keys", Key = "key", Optional = true } } },
        ],
        EnvFrom = [new EnvFromSource { ConfigMapRef = new OptionalReference { Name = "settings", Optional = true } }],
        Resources = new ResourceRequirements { Requests = new Dictionary<string, string> { ["cpu"] = "100m" } },
        VolumeMounts = [new VolumeMount { Name = "scratch", MountPath = "/tmp" }],
        ReadinessProbe = new Probe { HttpGet = new HttpGetAction { Path = "/ready", Port = "http" }, PeriodSeconds = 5 },
        LivenessProbe = new Probe { HttpGet = new HttpGetAction { Path = "/live", Port = 8080 }, FailureThreshold = 5 },
        SecurityContext = new SecurityContext { AllowPrivilegeEscalation = false, Capabilities = new Capabilities { Drop = ["ALL"] } },
    };
}
