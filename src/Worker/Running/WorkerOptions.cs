using PodEngine.Queue;

namespace PodEngine.Worker.Running;

/// <summary>How one worker process behaves towards the queue.</summary>
public sealed record WorkerOptions
{
    /// <summary>Unique per process start.</summary>
    public required string WorkerId { get; init; }

    /// <summary>Name of the host or pod.</summary>
    public required string Host { get; init; }

    /// <summary>The lane to claim from.</summary>
    public required QueueKey Queue { get; init; }

    /// <summary>Jobs at a time, 1–5000; default 5.</summary>
    public int Concurrency { get; init; } = 5;

    /// <summary>True claims nothing: the pool is paused.</summary>
    public bool Hold { get; init; }

    /// <summary>How long jobs may go on with their step once the worker stops; default 300 s.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>How long a stopped worker goes on trying to report its last outcomes while the store is away; default 10 s.</summary>
    public TimeSpan ReportAfterDrain { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest wait between two looks into the queue when no wake comes, jittered by a quarter; default 5 s.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The clocks of the lease protocol.</summary>
    public QueueTimings Timings { get; init; } = new();

    /// <summary>A worker id: the host's name and eight random hex digits.</summary>
    public static string NewWorkerId(string host) => $"{host}/{Guid.NewGuid().ToString("N")[..8]}";
}
