using System.Collections.Concurrent;
using System.Reflection;

namespace PodEngine.Kubernetes.Objects;

/// <summary>
/// What every API object has. <see cref="ApiVersion"/> and <see cref="Kind"/> come from the record's <see cref="KubernetesEntityAttribute"/>,
/// because the API server leaves them out of the items of a list.
/// </summary>
public abstract record KubernetesObject
{
    private static readonly ConcurrentDictionary<Type, KubernetesEntityAttribute> Entities = new();

    /// <summary>Group and version, such as <c>apps/v1</c>.</summary>
    public string ApiVersion { get => field ?? EntityOf(GetType()).GroupVersion; init; }

    /// <summary>Kind, such as <c>Deployment</c>.</summary>
    public string Kind { get => field ?? EntityOf(GetType()).Kind; init; }

    /// <summary>Name, labels and what else the API server keeps about every object; never null.</summary>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    /// <summary>The key under which stores and queues hold this object.</summary>
    public ResourceKey Key() => new(Metadata.Namespace ?? "", Metadata.Name ?? "");

    /// <summary>The attribute of a kind.</summary>
    /// <exception cref="InvalidOperationException">The record carries no <see cref="KubernetesEntityAttribute"/>.</exception>
    internal static KubernetesEntityAttribute EntityOf(Type type) => Entities.GetOrAdd(type, static kind =>
        kind.GetCustomAttribute<KubernetesEntityAttribute>()
        ?? throw new InvalidOperationException($"{kind} carries no [KubernetesEntity]: add it with ApiVersion, Kind and PluralName."));
}
