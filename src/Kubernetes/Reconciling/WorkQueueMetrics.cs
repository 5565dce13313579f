using System.Diagnostics.Metrics;

namespace PodEngine.Kubernetes.Reconciling;

/// <summary>
/// The instruments of one work queue. Labels are controller-runtime's: the queue's name twice, as <c>name</c> and <c>controller</c>, and its
/// numbers for priorities. Each series is there from the start, because a rate or an alert sees nothing in one that begins with its first fault.
/// </summary>
internal sealed class WorkQueueMetrics : IDisposable
{
    private readonly KeyValuePair<string, object?> name;
    private readonly KeyValuePair<string, object?> controller;
    private readonly IDisposable unfinished;
    private readonly IDisposable longest;

    public WorkQueueMetrics(string queueName, Func<IReadOnlyList<TimeSpan>> runningTimes)
    {
        (name, controller) = (Telemetry.Tag("name", queueName), Telemetry.Tag("controller", queueName));
        unfinished = Telemetry.ObserveUnfinishedWork(
            () => new Measurement<double>(runningTimes().Sum(static running => running.TotalSeconds), name, controller));
        longest = Telemetry.ObserveLongestRunning(
            () => new Measurement<double>(runningTimes().Select(static running => running.TotalSeconds).DefaultIfEmpty().Max(), name, controller));
        Telemetry.QueueAdds.Add(0, name, controller);
        Telemetry.QueueRetries.Add(0, name, controller);
        Telemetry.QueueDepth.Add(0, name, controller, Tag(WorkPriority.Changed));
        Telemetry.QueueDepth.Add(0, name, controller, Tag(WorkPriority.Relisted));
    }

    public void Added(WorkPriority priority)
    {
        Telemetry.QueueAdds.Add(1, name, controller);
        Telemetry.QueueDepth.Add(1, name, controller, Tag(priority));
    }

    public void Moved(WorkPriority from, WorkPriority to)
    {
        Telemetry.QueueDepth.Add(-1, name, controller, Tag(from));
        Telemetry.QueueDepth.Add(1, name, controller, Tag(to));
    }

    public void Taken(WorkPriority priority, TimeSpan waited)
    {
        Telemetry.QueueDepth.Add(-1, name, controller, Tag(priority));
        Telemetry.QueueSeconds.Record(waited.TotalSeconds, name, controller);
    }

    public void Worked(TimeSpan spent) => Telemetry.WorkSeconds.Record(spent.TotalSeconds, name, controller);

    public void Retried() => Telemetry.QueueRetries.Add(1, name, controller);

    public void Dispose()
    {
        unfinished.Dispose();
        longest.Dispose();
    }

    private static KeyValuePair<string, object?> Tag(WorkPriority priority) =>
        Telemetry.Tag("priority", priority == WorkPriority.Changed ? "0" : "-100");
}
