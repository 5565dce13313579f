namespace PodEngine.Kubernetes.Watching;

/// <summary>What to watch, from where, and for how long.</summary>
public sealed record WatchRequest
{
    /// <summary>Which objects.</summary>
    public required Client.ListRequest Objects { get; init; }

    /// <summary>The state after which changes are wanted: a list's, or the last event's.</summary>
    public required string ResourceVersion { get; init; }

    /// <summary>After how long the API server ends the stream, so that none lives for ever; null for a random 5 to 9 minutes.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>
    /// After how long without a byte the stream counts as dead; 2 min by default, twice the rate of the API server's bookmarks.
    /// The stream then ends without a fault: kinds that nobody ever changed get no bookmarks.
    /// </summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(2);
}
