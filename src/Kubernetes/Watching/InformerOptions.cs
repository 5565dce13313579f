using PodEngine.Kubernetes.Client;

namespace PodEngine.Kubernetes.Watching;

/// <summary>Which objects an informer follows, and how patiently.</summary>
public sealed class InformerOptions
{
    /// <summary>The objects; every one of the kind by default.</summary>
    public ListRequest Objects { get; init; } = ListRequest.Everything;

    /// <summary>After how long the API server ends each watch; null, the default, for a random 5 to 9 minutes.</summary>
    public TimeSpan? WatchDuration { get; init; }

    /// <summary>After how long without a byte a watch is opened anew; 2 min by default.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Wait after the first failure; 500 ms by default, then doubling, each with jitter.</summary>
    public TimeSpan FirstBackoff { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest wait between attempts before jitter of up to a half; 15 s by default, so that an outage is over 30 s after its cause.</summary>
    public TimeSpan LongestBackoff { get; init; } = TimeSpan.FromSeconds(15);
}
