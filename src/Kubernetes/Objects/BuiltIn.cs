using PodEngine.Kubernetes.Objects.Apps;
using PodEngine.Kubernetes.Objects.Coordination;
using PodEngine.Kubernetes.Objects.Core;
using PodEngine.Kubernetes.Objects.Events;

namespace PodEngine.Kubernetes.Objects;

/// <summary>The built-in kinds this library knows.</summary>
public static class BuiltIn
{
    /// <summary>ConfigMaps.</summary>
    public static ResourceType<ConfigMap> ConfigMaps { get; } = ResourceType.Of<ConfigMap>(KubernetesJson.Default);

    /// <summary>Namespaces.</summary>
    public static ResourceType<Namespace> Namespaces { get; } = ResourceType.Of<Namespace>(KubernetesJson.Default);

    /// <summary>Pods.</summary>
    public static ResourceType<Pod> Pods { get; } = ResourceType.Of<Pod>(KubernetesJson.Default);

    /// <summary>Deployments.</summary>
    public static ResourceType<Deployment> Deployments { get; } = ResourceType.Of<Deployment>(KubernetesJson.Default);

    /// <summary>Leases.</summary>
    public static ResourceType<Lease> Leases { get; } = ResourceType.Of<Lease>(KubernetesJson.Default);

    /// <summary>Events of the group events.k8s.io.</summary>
    public static ResourceType<Event> Events { get; } = ResourceType.Of<Event>(KubernetesJson.Default);
}
