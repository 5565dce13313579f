namespace PodEngine.Kubernetes.Objects;

/// <summary>The resolutions in which the API server keeps times.</summary>
public static class KubernetesTime
{
    /// <summary>Go's layout for <c>metav1.Time</c>.</summary>
    internal const string SecondsFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>Go's layout for <c>metav1.MicroTime</c>; it refuses any other number of digits.</summary>
    internal const string MicrosFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <summary>The time as it comes back from the API server: in UTC and cut to seconds, so that a round trip compares equal.</summary>
    public static DateTimeOffset WholeSeconds(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
}
