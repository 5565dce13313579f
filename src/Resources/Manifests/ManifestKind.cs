using System.Text.Json.Nodes;
using PodEngine.Kubernetes.Objects;
using PodEngine.Kubernetes.Objects.Core;
using PodEngine.Resources.Rules;
using PodEngine.Resources.Schema;

namespace PodEngine.Resources.Manifests;

/// <summary>A kind that manifests may have: its schema, its record and its rules.</summary>
internal abstract class ManifestKind(string apiVersion, string kind)
{
    /// <summary>The kinds by name.</summary>
    public static IReadOnlyDictionary<string, ManifestKind> ByName { get; } = new ManifestKind[]
    {
        new ManifestKind<PodJobs.PodJob>(CustomResources.PodJobs, PodJobRules.Check),
        new ManifestKind<WorkerPools.WorkerPool>(CustomResources.WorkerPools, WorkerPoolRules.Check),
        new ManifestKind<InferenceEndpoints.InferenceEndpoint>(CustomResources.InferenceEndpoints, static (now, _) => InferenceEndpointRules.Check(now)),
        new ManifestKind<GenerationModels.GenerationModel>(CustomResources.GenerationModels, static (_, _) => []),
        new ManifestKind<ConfigMap>(BuiltIn.ConfigMaps, static (_, _) => []),
    }.ToDictionary(static each => each.Kind, StringComparer.Ordinal);

    /// <summary>What stands in <c>apiVersion</c>.</summary>
    public string ApiVersion { get; } = apiVersion;

    /// <summary>What stands in <c>kind</c>.</summary>
    public string Kind { get; } = kind;

    /// <summary>The schema; null for kinds the API server knows by itself.</summary>
    public SchemaNode? Schema { get; } = CustomResourceSchemas.ByKind.GetValueOrDefault(kind);

    /// <summary>Reads a manifest into its record.</summary>
    /// <exception cref="System.Text.Json.JsonException">The manifest does not fit the record.</exception>
    public abstract KubernetesObject Read(JsonObject manifest);

    /// <summary>Writes a record of this kind.</summary>
    public abstract JsonNode Write(KubernetesObject resource);

    /// <summary>The rules that <paramref name="now"/> breaks by itself and as a successor of <paramref name="before"/>.</summary>
    public abstract IReadOnlyList<SpecFault> CheckRules(KubernetesObject now, KubernetesObject? before);
}
