using System.Diagnostics.Metrics;

namespace PodEngine.Kubernetes.Reconciling;

/// <summary>The instruments of one work queue.</summary>
internal sealed class WorkQueueMetrics : IDisposable
{
    private readonly KeyValuePair<string, object?> name;
    private readonly IDisposable unfinished;
    private readonly IDisposable longest;

    public WorkQueueMetrics(string queueName, Func<IReadOnlyList<TimeSpan>> runningTimes)
    {
        name = Telemetry.Tag("name", queueName);
        unfinished = Telemetry.ObserveUnfinishedWork(
            () => new Measurement<double>(runningTimes().Sum(static running => running.TotalSeconds), name));
        longest = Telemetry.ObserveLongestRunning(
            () => new Measurement<double>(runningTimes().Select(static running => running.TotalSeconds).DefaultIfEmpty().Max(), name));
    }

    public void Added(WorkPriority priority)
    {
        Telemetry.QueueAdds.Add(1, name);
        Telemetry.QueueDepth.Add(1, name, Tag(priority));
    }

    public void Moved(WorkPriority from, WorkPriority to)
    {
        Telemetry.QueueDepth.Add(-1, name, Tag(from));
        Telemetry.QueueDepth.Add(1, name, Tag(to));
    }

    public void Taken(WorkPriority priority, TimeSpan waited)
    {
        Telemetry.QueueDepth.Add(-1, name, Tag(priority));
        Telemetry.QueueSeconds.Record(waited.TotalSeconds, name);
    }

    public void Worked(TimeSpan spent) => Telemetry.WorkSeconds.Record(spent.TotalSeconds, name);

    public void Retried() => Telemetry.QueueRetries.Add(1, name);

    public void Dispose()
    {
        unfinished.Dispose();
        longest.Dispose();
    }

    private static KeyValuePair<string, object?> Tag(WorkPriority priority) =>
        Telemetry.Tag("priority", priority == WorkPriority.Changed ? "changed" : "relisted");
}
