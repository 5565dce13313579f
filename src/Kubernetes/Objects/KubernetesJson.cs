using System.Text.Json;
using System.Text.Json.Serialization;
using PodEngine.Kubernetes.Objects.Apps;
using PodEngine.Kubernetes.Objects.Coordination;
using PodEngine.Kubernetes.Objects.Core;
using PodEngine.Kubernetes.Objects.Events;

namespace PodEngine.Kubernetes.Objects;

/// <summary>Reads and writes the built-in kinds.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(KubernetesStatus))]
[JsonSerializable(typeof(KubernetesRawList))]
[JsonSerializable(typeof(PartialObject))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(ConfigMap))]
[JsonSerializable(typeof(KubernetesList<ConfigMap>))]
[JsonSerializable(typeof(Namespace))]
[JsonSerializable(typeof(KubernetesList<Namespace>))]
[JsonSerializable(typeof(Pod))]
[JsonSerializable(typeof(KubernetesList<Pod>))]
[JsonSerializable(typeof(Deployment))]
[JsonSerializable(typeof(KubernetesList<Deployment>))]
[JsonSerializable(typeof(Lease))]
[JsonSerializable(typeof(KubernetesList<Lease>))]
[JsonSerializable(typeof(Event))]
[JsonSerializable(typeof(KubernetesList<Event>))]
internal sealed partial class KubernetesJson : JsonSerializerContext;
