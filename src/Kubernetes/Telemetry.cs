using System.Diagnostics.Metrics;

namespace PodEngine.Kubernetes;

/// <summary>
/// The meter and every instrument of this library. Names, label names and units are controller-runtime's where it has them, so that its
/// dashboards and alerts fit; they are complete as they stand (an exposition must not append <c>_total</c> or units again). Times are seconds.
/// </summary>
public static class Telemetry
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "PodEngine.Kubernetes";

    internal static readonly Meter Meter = new(MeterName);

    internal static readonly Counter<long> Requests = Meter.CreateCounter<long>(
        "rest_client_requests_total", null, "Requests to the API server by code, method and host.");

    internal static readonly Histogram<double> RequestSeconds = Meter.CreateHistogram<double>(
        "rest_client_request_duration_seconds", "s", "Time from sending a request to its answer's headers, by verb and host.");

    internal static readonly UpDownCounter<long> QueueDepth = Meter.CreateUpDownCounter<long>(
        "workqueue_depth", null, "Keys waiting, by name and priority: 0 for changed ones, -100 for relisted ones.");

    internal static readonly Counter<long> QueueAdds = Meter.CreateCounter<long>(
        "workqueue_adds_total", null, "Keys added, by name; one that already waits is not counted.");

    internal static readonly Histogram<double> QueueSeconds = Meter.CreateHistogram<double>(
        "workqueue_queue_duration_seconds", "s", "Time a key waited before a worker took it, by name.");

    internal static readonly Histogram<double> WorkSeconds = Meter.CreateHistogram<double>(
        "workqueue_work_duration_seconds", "s", "Time a worker spent on a key, by name.");

    internal static readonly Counter<long> QueueRetries = Meter.CreateCounter<long>(
        "workqueue_retries_total", null, "Keys added again after a failure, by name.");

    internal static readonly Counter<long> Reconciles = Meter.CreateCounter<long>(
        "controller_runtime_reconcile_total", null, "Reconciles by controller and result: success, requeue_after, terminal, error, cancelled.");

    internal static readonly Counter<long> ReconcileErrors = Meter.CreateCounter<long>(
        "controller_runtime_reconcile_errors_total", null, "Reconciles that threw, by controller.");

    internal static readonly Counter<long> TerminalReconcileErrors = Meter.CreateCounter<long>(
        "controller_runtime_terminal_reconcile_errors_total", null, "Reconciles that ended as never-again, by controller.");

    internal static readonly Counter<long> ReconcilePanics = Meter.CreateCounter<long>(
        "controller_runtime_reconcile_panics_total", null, "Always 0, and here for alerts that ask for it: what would be a panic is an error in .NET.");

    internal static readonly Counter<long> ReconcileTimeouts = Meter.CreateCounter<long>(
        "controller_runtime_reconcile_timeouts_total", null, "Reconciles ended by their time limit, by controller.");

    internal static readonly Histogram<double> ReconcileSeconds = Meter.CreateHistogram<double>(
        "controller_runtime_reconcile_time_seconds", "s", "Time of a reconcile, by controller.");

    internal static readonly UpDownCounter<long> ActiveWorkers = Meter.CreateUpDownCounter<long>(
        "controller_runtime_active_workers", null, "Reconciles under way, by controller.");

    internal static readonly UpDownCounter<long> MaxConcurrentReconciles = Meter.CreateUpDownCounter<long>(
        "controller_runtime_max_concurrent_reconciles", null, "Workers of a controller.");

    internal static readonly Counter<long> WatchStarts = Meter.CreateCounter<long>(
        "kubernetes_watch_starts_total", null, "Watches opened, by resource.");

    internal static readonly Counter<long> Relists = Meter.CreateCounter<long>(
        "kubernetes_lists_total", null, "Whole lists read by informers, by resource and cause: start, expired, resync.");

    internal static readonly Counter<long> WatchFaults = Meter.CreateCounter<long>(
        "kubernetes_watch_faults_total", null, "Lists and watches that ended with a fault, by resource.");

    internal static readonly Counter<long> Events = Meter.CreateCounter<long>(
        "kubernetes_events_total", null, "Events by result: written, dropped, failed.");

    internal static readonly Counter<long> StatusWrites = Meter.CreateCounter<long>(
        "kubernetes_status_writes_total", null, "Status writes by resource and result: written, unchanged.");

    private static readonly ObservedSet<Measurement<double>> UnfinishedWork = new();
    private static readonly ObservedSet<Measurement<double>> LongestRunning = new();
    private static readonly ObservedSet<Measurement<double>> WatchSilence = new();
    private static readonly ObservedSet<Measurement<int>> Synced = new();
    private static readonly ObservedSet<Measurement<int>> Leading = new();

    static Telemetry()
    {
        Meter.CreateObservableGauge(
            "workqueue_unfinished_work_seconds", UnfinishedWork.Observe, "s", "Sum of the times of keys being worked on, by name.");
        Meter.CreateObservableGauge(
            "workqueue_longest_running_processor_seconds", LongestRunning.Observe, "s", "Longest time of a key being worked on, by name.");
        Meter.CreateObservableGauge(
            "kubernetes_watch_silence_seconds", WatchSilence.Observe, "s", "Time since the API server last sent a byte for a watched resource.");
        Meter.CreateObservableGauge("kubernetes_informer_synced", Synced.Observe, null, "1 once a resource was listed wholly.");
        Meter.CreateObservableGauge("leader_election_master_status", Leading.Observe, null, "1 while this process leads, by name.");
    }

    internal static IDisposable ObserveUnfinishedWork(Func<Measurement<double>> observe) => UnfinishedWork.Add(observe);

    internal static IDisposable ObserveLongestRunning(Func<Measurement<double>> observe) => LongestRunning.Add(observe);

    internal static IDisposable ObserveWatchSilence(Func<Measurement<double>> observe) => WatchSilence.Add(observe);

    internal static IDisposable ObserveSynced(Func<Measurement<int>> observe) => Synced.Add(observe);

    internal static IDisposable ObserveLeading(Func<Measurement<int>> observe) => Leading.Add(observe);

    internal static KeyValuePair<string, object?> Tag(string name, object? value) => new(name, value);
}
