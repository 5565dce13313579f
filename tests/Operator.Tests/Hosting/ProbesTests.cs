using Microsoft.Extensions.Logging.Abstractions;
using PodEngine.Kit;
using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Watching;
using PodEngine.Operator.Hosting;
using PodEngine.Operator.Tests.Kit;
using PodEngine.Operator.Watching;

namespace PodEngine.Operator.Tests.Hosting;

public class ProbesTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void A_kind_that_was_never_listed_is_unready_and_says_why()
    {
        var fault = Assert.Single(Probes.Unready([Seen("pods"), Seen("podjobs", isSynced: false, outage: "403")], ProbeLimits.Default));

        Assert.Equal("podjobs: not listed yet (403)", fault);
        Assert.Empty(Probes.Dead([Seen("podjobs", isSynced: false, silence: 60 * Minute)], ProbeLimits.Default));
    }

    [Fact]
    public void A_watch_that_fell_silent_is_unready_after_five_minutes_and_only_without_a_known_fault_reason_for_a_restart_after_fifteen()
    {
        Assert.Empty(Probes.Unready([Seen("pods", silence: 5 * Minute)], ProbeLimits.Default));
        Assert.Equal(["pods: silent for 301 s (no fault known)"], Probes.Unready([Seen("pods", silence: TimeSpan.FromSeconds(301))], ProbeLimits.Default));
        Assert.Empty(Probes.Dead([Seen("pods", silence: 15 * Minute)], ProbeLimits.Default));
        Assert.Equal(["pods: silent for 901 s without a fault"], Probes.Dead([Seen("pods", silence: TimeSpan.FromSeconds(901))], ProbeLimits.Default));

        // The API server is away: restarting would not bring it back.
        var away = Seen("pods", silence: 60 * Minute, outage: "connection refused");
        Assert.Empty(Probes.Dead([away], ProbeLimits.Default));
        Assert.Equal(["pods: silent for 3600 s (connection refused)"], Probes.Unready([away], ProbeLimits.Default));
    }

    [Fact]
    public async Task Real_watches_over_a_connection_that_stalls_turn_unready_and_ready_again_when_it_goes_on()
    {
        await using var world = await OperatorWorld.CreateAsync();
        await using var proxy = world.Plane.CreateProxy();
        using var client = new KubernetesClient(
            KubernetesConnection.FromKubeConfig(world.Plane.KubeconfigVia(proxy)), TimeProvider.System,
            new KubernetesClientOptions { RequestTimeout = TimeSpan.FromSeconds(1) });
        var options = new InformerOptions
        {
            Objects = new ListRequest { Namespace = world.Namespace },
            IdleTimeout = TimeSpan.FromSeconds(1),
            FirstBackoff = TimeSpan.FromMilliseconds(50),
            LongestBackoff = TimeSpan.FromMilliseconds(100),
        };
        var limits = new ProbeLimits { LongestSilence = TimeSpan.FromSeconds(4) };
        var informer = new Informer<Kubernetes.Objects.Core.ConfigMap, ConfigMapView>(
            client, Kubernetes.Objects.BuiltIn.ConfigMaps, ConfigMapView.Of, TimeProvider.System, NullLogger.Instance, options);
        informer.Start();
        await Eventually.Holds(() => Probes.Unready([informer], limits).Count == 0);

        proxy.Stall();
        await Eventually.Holds(() => Probes.Unready([informer], limits) is [var fault] && fault.StartsWith("configmaps: silent for", StringComparison.Ordinal));
        Assert.NotNull(informer.Outage);
        Assert.Empty(Probes.Dead([informer], limits));

        proxy.CutAll();
        proxy.Resume();
        await Eventually.Holds(() => Probes.Unready([informer], limits).Count == 0);
        await informer.StopAsync();
    }

    private static SeenInformer Seen(string name, bool isSynced = true, TimeSpan silence = default, string? outage = null) => new(name, isSynced, silence, outage);

    private sealed record SeenInformer(string Name, bool IsSynced, TimeSpan Silence, string? Outage) : IInformer
    {
        public void Start()
        {
        }

        public Task StopAsync() => Task.CompletedTask;

        public Task WaitForSyncAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
