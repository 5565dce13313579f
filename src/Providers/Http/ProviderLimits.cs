namespace PodEngine.Providers.Http;

/// <summary>Time, size and concurrency bounds of the calls to one provider.</summary>
public sealed record ProviderLimits
{
    /// <summary>Deadline of one try, from connecting to the last byte.</summary>
    public TimeSpan TryTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Deadline of a call with all its tries and waits. A purchase is settled one way or the other after this.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Deadline of establishing a connection.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Further tries of a request that is safe to send again; 0 for none.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>First wait between tries, doubled each time, with jitter.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest wait within a call, for a <c>Retry-After</c> or a budget; anything longer is handed to the caller.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Calls under way at a time; others wait their turn within <see cref="CallTimeout"/>.</summary>
    public int Concurrency { get; init; } = 32;

    /// <summary>Largest answer read, in bytes, unless a call says otherwise.</summary>
    public int MaxAnswerBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>Failed tries within <see cref="BreakerWindow"/>, at half of all tries or more, that open the circuit.</summary>
    public int BreakerFailures { get; init; } = 8;

    /// <summary>Window in which failures are counted; at least 0.5 s.</summary>
    public TimeSpan BreakerWindow { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an open circuit lets nothing through; at least 0.5 s.</summary>
    public TimeSpan BreakerPause { get; init; } = TimeSpan.FromSeconds(20);
}
