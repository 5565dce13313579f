using System.Text.Json;
using System.Text.Json.Nodes;
using PodEngine.Kubernetes.Objects;
using PodEngine.Resources.Rules;

namespace PodEngine.Resources.Manifests;

/// <summary>A kind whose record is <typeparamref name="T"/>.</summary>
internal sealed class ManifestKind<T>(ResourceType<T> type, Func<T, T?, IReadOnlyList<SpecFault>> rules) : ManifestKind(type.GroupVersion, type.Kind)
    where T : KubernetesObject
{
    /// <inheritdoc/>
    public override KubernetesObject Read(JsonObject manifest) =>
        manifest.Deserialize(type.Json) ?? throw new JsonException("A manifest is an object, not null.");

    /// <inheritdoc/>
    public override JsonNode Write(KubernetesObject resource) => JsonSerializer.SerializeToNode((T)resource, type.Json)!;

    /// <inheritdoc/>
    public override IReadOnlyList<SpecFault> CheckRules(KubernetesObject now, KubernetesObject? before) => rules((T)now, (T?)before);
}
