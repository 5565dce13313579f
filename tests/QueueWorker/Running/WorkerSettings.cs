using System.Globalization;
using PodEngine.Queue;

namespace PodEngine.QueueWorker.Running;

/// <summary>What a worker process is told by its environment.</summary>
/// <param name="DatabaseUrl"><c>DATABASE_URL</c>.</param>
/// <param name="ListenUrl"><c>DATABASE_LISTEN_URL</c>; null when it is not set.</param>
/// <param name="WorkerId">Unique per process.</param>
/// <param name="Queue">The queue it claims from.</param>
/// <param name="Concurrency">Jobs at a time.</param>
/// <param name="Seed">Decides what its attempts do.</param>
/// <param name="Timings">The clocks of the lease protocol.</param>
public sealed record WorkerSettings(
    string DatabaseUrl, string? ListenUrl, string WorkerId, QueueKey Queue, int Concurrency, int Seed, QueueTimings Timings)
{
    /// <summary>Reads them.</summary>
    public static WorkerSettings Read() => new(
        Required("DATABASE_URL"),
        Environment.GetEnvironmentVariable("DATABASE_LISTEN_URL"),
        Required("WORKER_ID"),
        new QueueKey(Guid.Parse(Required("WORKER_INSTALLATION")), "default", "default"),
        Number("WORKER_CONCURRENCY"),
        Number("WORKER_SEED"),
        new QueueTimings
        {
            LeaseLength = TimeSpan.FromMilliseconds(Number("WORKER_LEASE_MS")),
            HeartbeatInterval = TimeSpan.FromMilliseconds(Number("WORKER_HEARTBEAT_MS")),
            HeartbeatIntervalPolling = TimeSpan.FromMilliseconds(Number("WORKER_HEARTBEAT_MS")),
        });

    /// <summary>As environment variables.</summary>
    public IReadOnlyDictionary<string, string?> ToEnvironment() => new Dictionary<string, string?>
    {
        ["DATABASE_URL"] = DatabaseUrl,
        ["DATABASE_LISTEN_URL"] = ListenUrl,
        ["WORKER_ID"] = WorkerId,
        ["WORKER_INSTALLATION"] = Queue.InstallationId.ToString(),
        ["WORKER_CONCURRENCY"] = Concurrency.ToString(CultureInfo.InvariantCulture),
        ["WORKER_SEED"] = Seed.ToString(CultureInfo.InvariantCulture),
        ["WORKER_LEASE_MS"] = Timings.LeaseLength.TotalMilliseconds.ToString(CultureInfo.InvariantCulture),
        ["WORKER_HEARTBEAT_MS"] = Timings.HeartbeatInterval.TotalMilliseconds.ToString(CultureInfo.InvariantCulture),
    };

    private static string Required(string name) =>
        Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set.");

    private static int Number(string name) => int.Parse(Required(name), CultureInfo.InvariantCulture);
}
