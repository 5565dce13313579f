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

    /// <summary>
    /// Different notes of one object and reason within <see cref="SeriesWindow"/>; 5 by default. Further ones are counted with the last, so that a
    /// note with a number in it does not become an event each.
    /// </summary>
    public int NotesPerReason { get; init; } = 5;

    /// <summary>
    /// Different events that may wait to be written; 10,000 by default, twice the largest burst of PodJobs. More are dropped and counted.
    /// </summary>
    public int Capacity { get; init; } = 10_000;

    /// <summary>Objects and reasons whose events are remembered as such that may happen again; 4,096 by default, as in client-go.</summary>
    public int Remembered { get; init; } = 4096;

    /// <summary>Loops that write side by side; 4 by default. <see cref="Capacity"/> and <see cref="Remembered"/> are shared out among them.</summary>
    public int Writers { get; init; } = 4;
}
