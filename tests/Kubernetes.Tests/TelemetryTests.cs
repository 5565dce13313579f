using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using PodEngine.Kit;
using PodEngine.Kubernetes.Leadership;
using PodEngine.Kubernetes.Objects;
using PodEngine.Kubernetes.Objects.Core;
using PodEngine.Kubernetes.Reconciling;
using PodEngine.Kubernetes.Watching;

namespace PodEngine.Kubernetes.Tests;

public class TelemetryTests
{
    /// <summary>
    /// Name, type and labels, as controller-runtime has them since 0.20 (pkg/metrics, pkg/internal/controller/metrics) and client-go: what
    /// dashboards and alerts for operators ask for.
    /// </summary>
    private static readonly string[] ControllerRuntime =
    [
        "controller_runtime_active_workers gauge controller",
        "controller_runtime_max_concurrent_reconciles gauge controller",
        "controller_runtime_reconcile_errors_total counter controller",
        "controller_runtime_reconcile_panics_total counter controller",
        "controller_runtime_reconcile_time_seconds histogram controller",
        "controller_runtime_reconcile_total counter controller,result",
        "controller_runtime_terminal_reconcile_errors_total counter controller",
        "leader_election_master_status gauge name",
        "rest_client_requests_total counter code,host,method",
        "workqueue_adds_total counter controller,name",
        "workqueue_depth gauge controller,name,priority",
        "workqueue_longest_running_processor_seconds gauge controller,name",
        "workqueue_queue_duration_seconds histogram controller,name",
        "workqueue_retries_total counter controller,name",
        "workqueue_unfinished_work_seconds gauge controller,name",
        "workqueue_work_duration_seconds histogram controller,name",
    ];

    [Fact]
    public async Task The_metrics_are_those_controller_runtime_has()
    {
        var seen = new ConcurrentDictionary<string, byte>();
        using var listener = Listen((instrument, _, tags) => seen.TryAdd(
            $"{instrument.Name} {TypeOf(instrument)} {string.Join(',', tags.Select(static tag => tag.Key).Order(StringComparer.Ordinal))}", 0));
        await using var cluster = await Cluster.CreateAsync();
        var elector = new LeaderElector(
            cluster.Client, new LeaderElectionOptions { Lease = cluster.Key("lead") }, TimeProvider.System, Cluster.Logger);
        await cluster.CreateMapAsync("a");
        var (informer, controller) = Maps(cluster, "metrics-names");
        elector.Start();
        informer.Start();
        controller.Start();

        await Eventually.Passes(() =>
        {
            listener.RecordObservableInstruments();
            Assert.Subset(seen.Keys.ToHashSet(), ControllerRuntime.ToHashSet());
            return Task.CompletedTask;
        });
        await controller.StopAsync();
        await informer.StopAsync();
        await elector.StopAsync();
    }

    [Fact]
    public async Task Counters_of_faults_begin_with_nought_before_the_first_fault()
    {
        var seen = new ConcurrentDictionary<string, double>();
        using var listener = Listen((instrument, value, tags) =>
        {
            if (tags.Any(static tag => Equals(tag.Value, "metrics-zero")))
            {
                seen[$"{instrument.Name} {string.Join(' ', tags.Where(static tag => tag.Key is "result" or "priority").Select(static tag => tag.Value))}".Trim()] = value;
            }
        });
        await using var cluster = await Cluster.CreateAsync();

        var (_, controller) = Maps(cluster, "metrics-zero");

        Assert.Equal(
            [
                "controller_runtime_active_workers", "controller_runtime_max_concurrent_reconciles", "controller_runtime_reconcile_errors_total",
                "controller_runtime_reconcile_panics_total", "controller_runtime_reconcile_timeouts_total",
                "controller_runtime_reconcile_total cancelled", "controller_runtime_reconcile_total error",
                "controller_runtime_reconcile_total requeue_after", "controller_runtime_reconcile_total success",
                "controller_runtime_reconcile_total terminal", "controller_runtime_terminal_reconcile_errors_total", "workqueue_adds_total",
                "workqueue_depth -100", "workqueue_depth 0", "workqueue_retries_total",
            ],
            seen.Keys.Order(StringComparer.Ordinal));
        Assert.All(seen.Values, static value => Assert.Equal(0, value));
        await controller.StopAsync();
    }

    private static (Informer<ConfigMap, string> Informer, Controller<ConfigMap, string> Controller) Maps(Cluster cluster, string name)
    {
        var informer = new Informer<ConfigMap, string>(
            cluster.Client, BuiltIn.ConfigMaps, static map => map.Metadata.ResourceVersion!, TimeProvider.System, Cluster.Logger,
            new InformerOptions { Objects = cluster.Objects });
        return (informer, new Controller<ConfigMap, string>(name, informer, new Idle(), TimeProvider.System, Cluster.Logger));
    }

    private static MeterListener Listen(Action<Instrument, double, KeyValuePair<string, object?>[]> measured)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, self) =>
            {
                if (instrument.Meter.Name == Telemetry.MeterName)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => measured(instrument, value, tags.ToArray()));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => measured(instrument, value, tags.ToArray()));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => measured(instrument, value, tags.ToArray()));
        listener.Start();
        return listener;
    }

    private static string TypeOf(Instrument instrument) => instrument.GetType().Name.Split('`')[0] switch
    {
        "Counter" => "counter",
        "Histogram" => "histogram",
        _ => "gauge",
    };

    private sealed class Idle : IEntityController<string>
    {
        public Task<ReconcileOutcome> ReconcileAsync(ResourceKey key, string entity, CancellationToken cancellationToken) =>
            Task.FromResult(ReconcileOutcome.Done);
    }
}
