using System.Text.Json.Serialization;
using PodEngine.Kubernetes.Objects;
using PodEngine.Resources.GenerationModels;
using PodEngine.Resources.InferenceEndpoints;
using PodEngine.Resources.PodJobs;
using PodEngine.Resources.WorkerPools;

namespace PodEngine.Resources;

/// <summary>
/// Reads and writes the custom resources as the API server has them: camel-case names, enums as words, times in whole seconds, nothing for null.
/// Numbers and flags with a default other than zero must be there when reading: the API server fills them in, and so does
/// <see cref="Manifests.ManifestReader"/>.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters = [typeof(KubernetesTimeConverter)])]
[JsonSerializable(typeof(PodJob))]
[JsonSerializable(typeof(KubernetesList<PodJob>))]
[JsonSerializable(typeof(WorkerPool))]
[JsonSerializable(typeof(KubernetesList<WorkerPool>))]
[JsonSerializable(typeof(InferenceEndpoint))]
[JsonSerializable(typeof(KubernetesList<InferenceEndpoint>))]
[JsonSerializable(typeof(GenerationModel))]
[JsonSerializable(typeof(KubernetesList<GenerationModel>))]
public sealed partial class ResourcesJsonContext : JsonSerializerContext;
