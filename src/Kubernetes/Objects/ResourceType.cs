using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace PodEngine.Kubernetes.Objects;

/// <summary>
/// Everything the client must know of a kind: its address and how to read and write it. A project that defines kinds registers each once:
/// <c>public static readonly ResourceType&lt;Widget&gt; Widgets = ResourceType.Of&lt;Widget&gt;(WidgetJson.Default);</c>, where the context
/// lists <c>Widget</c> and <c>KubernetesList&lt;Widget&gt;</c> and is declared with camel-case names and <c>WhenWritingNull</c>.
/// </summary>
/// <remarks>
/// Source-generated readers set every init-only property, so an initializer (<c>= 1</c>) is lost where the JSON lacks the field. State such
/// a default in the getter: <c>public string Mode { get =&gt; field ?? "Auto"; init; }</c>, or leave defaults to the CRD's schema.
/// </remarks>
public sealed class ResourceType<T>
    where T : KubernetesObject
{
    internal ResourceType(JsonTypeInfo<T> json, JsonTypeInfo<KubernetesList<T>> listJson)
    {
        var entity = KubernetesObject.EntityOf(typeof(T));
        (Group, Version, Kind, Plural, GroupVersion) = (entity.Group, entity.ApiVersion, entity.Kind, entity.PluralName, entity.GroupVersion);
        IsNamespaced = typeof(T).GetCustomAttribute<EntityScopeAttribute>()?.Scope != EntityScope.Cluster;
        (Json, ListJson) = (json, listJson);
    }

    /// <summary>API group; empty for the core group.</summary>
    public string Group { get; }

    /// <summary>Version within the group.</summary>
    public string Version { get; }

    /// <summary>Kind in CamelCase.</summary>
    public string Kind { get; }

    /// <summary>Plural in lower case.</summary>
    public string Plural { get; }

    /// <summary>What stands in <c>apiVersion</c>.</summary>
    public string GroupVersion { get; }

    /// <summary>Whether objects of this kind live in namespaces.</summary>
    public bool IsNamespaced { get; }

    /// <summary>Reads and writes one object.</summary>
    public JsonTypeInfo<T> Json { get; }

    /// <summary>Reads one page of a list.</summary>
    public JsonTypeInfo<KubernetesList<T>> ListJson { get; }

    /// <summary><c>plural.group</c>, as kubectl and error messages write it.</summary>
    public override string ToString() => Group.Length == 0 ? Plural : $"{Plural}.{Group}";
}

/// <summary>Makes <see cref="ResourceType{T}"/> from a serializer context.</summary>
public static class ResourceType
{
    /// <summary>The resource type of <typeparamref name="T"/> as <paramref name="context"/> reads and writes it.</summary>
    /// <exception cref="InvalidOperationException">The context lacks <typeparamref name="T"/> or its list, or writes nulls or other names.</exception>
    public static ResourceType<T> Of<T>(JsonSerializerContext context)
        where T : KubernetesObject
    {
        if (context.Options.PropertyNamingPolicy != System.Text.Json.JsonNamingPolicy.CamelCase
            || context.Options.DefaultIgnoreCondition != JsonIgnoreCondition.WhenWritingNull)
        {
            throw new InvalidOperationException(
                $"Declare {context.GetType().Name} with PropertyNamingPolicy = CamelCase and DefaultIgnoreCondition = WhenWritingNull.");
        }

        return new ResourceType<T>(Find<T>(context), Find<KubernetesList<T>>(context));
    }

    private static JsonTypeInfo<TObject> Find<TObject>(JsonSerializerContext context) =>
        context.GetTypeInfo(typeof(TObject)) as JsonTypeInfo<TObject>
        ?? throw new InvalidOperationException($"Add [JsonSerializable(typeof({typeof(TObject)}))] to {context.GetType().Name}.");
}
