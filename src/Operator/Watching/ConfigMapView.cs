using System.Text;
using PodEngine.Kubernetes.Objects.Core;

namespace PodEngine.Operator.Watching;

/// <summary>What the operator keeps of a ConfigMap: enough to see that its data changed. Who needs the data reads it live.</summary>
/// <param name="Digest">Equal for equal data, but for one chance in 2^64.</param>
internal readonly record struct ConfigMapView(ulong Digest)
{
    /// <summary>The view of a ConfigMap.</summary>
    public static ConfigMapView Of(ConfigMap map)
    {
        var digest = 14_695_981_039_346_656_037UL;
        foreach (var (key, value) in (map.Data ?? new Dictionary<string, string>()).OrderBy(static entry => entry.Key, StringComparer.Ordinal))
        {
            digest = Mix(Mix(digest, key), value);
        }

        return new ConfigMapView(digest);
    }

    /// <summary>FNV-1a over the text's UTF-8 and its end.</summary>
    private static ulong Mix(ulong digest, string text)
    {
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            digest = (digest ^ octet) * 1_099_511_628_211UL;
        }

        return (digest ^ 0xFF) * 1_099_511_628_211UL;
    }
}
