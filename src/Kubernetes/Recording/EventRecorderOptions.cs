namespace PodEngine.Kubernetes.Recording;

/// <summary>Who records, and how much at most.</summary>
public sealed class EventRecorderOptions
{
    /// <summary>Who says so, such as <c>example.io/operator</c>.</summary>
    public required string ReportingController { get; init; }

    /// <summary>Which process says so; the machine's name by default, cut to 128 characters.</summary>
    public string ReportingInstance { get; init; } = Environment.MachineName;

    /// <summary>Events of one object that may be written in a burst; 25 by default, as in client-go.</summary>
    public int Burst { get; init; } = 25;

    /// <summary>Time after which an object may have one more; 5 min by default, as in client-go.</summary>
    public TimeSpan RefillInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>For how long an equal event counts as a repetition; 10 min by default, as in client-go.</summary>
    public TimeSpan SeriesWindow { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Least time between two writes of a repeated event's count; 30 s by default.</summary>
    public TimeSpan SeriesInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Events that may wait to be written; 1,000 by default. More are dropped and counted.</summary>
    public int Capacity { get; init; } = 1000;
}
