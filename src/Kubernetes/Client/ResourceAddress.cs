using System.Text;
using PodEngine.Kubernetes.Objects;

namespace PodEngine.Kubernetes.Client;

/// <summary>Builds the paths of the API server's REST interface.</summary>
internal static class ResourceAddress
{
    /// <summary>The path of a kind in one namespace, or in all where <paramref name="namespaceName"/> is null or empty.</summary>
    public static string OfCollection<T>(ResourceType<T> type, string? namespaceName)
        where T : KubernetesObject
    {
        var path = new StringBuilder(type.Group.Length == 0 ? $"/api/{type.Version}" : $"/apis/{type.Group}/{type.Version}");
        if (type.IsNamespaced && !string.IsNullOrEmpty(namespaceName))
        {
            path.Append("/namespaces/").Append(Uri.EscapeDataString(namespaceName));
        }

        return path.Append('/').Append(type.Plural).ToString();
    }

    /// <summary>The path of an object or of one of its subresources.</summary>
    /// <exception cref="ArgumentException">A name or namespace is missing: the path would mean the whole collection.</exception>
    public static string OfObject<T>(ResourceType<T> type, ResourceKey key, string? subresource = null)
        where T : KubernetesObject
    {
        if (string.IsNullOrEmpty(key.Name) || (type.IsNamespaced && string.IsNullOrEmpty(key.Namespace)))
        {
            throw new ArgumentException($"A request for one of {type} needs its name and namespace, not \"{key}\".", nameof(key));
        }

        var path = $"{OfCollection(type, key.Namespace)}/{Uri.EscapeDataString(key.Name)}";
        return subresource is null ? path : $"{path}/{subresource}";
    }

    /// <summary>The path with those parameters that have a value.</summary>
    public static string WithQuery(string path, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var query = new StringBuilder(path);
        var separator = '?';
        foreach (var (name, value) in parameters)
        {
            if (!string.IsNullOrEmpty(value))
            {
                query.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
                separator = '&';
            }
        }

        return query.ToString();
    }
}
