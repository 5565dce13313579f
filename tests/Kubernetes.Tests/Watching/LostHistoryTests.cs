using PodEngine.Kit;
using PodEngine.Kit.ControlPlanes;
using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Objects;
using PodEngine.Kubernetes.Objects.Core;
using PodEngine.Kubernetes.Watching;

namespace PodEngine.Kubernetes.Tests.Watching;

/// <summary>A restarted API server keeps no history from before: real 410s, on a control plane of the test's own.</summary>
public class LostHistoryTests
{
    [Fact]
    public async Task After_a_restart_that_lost_the_watched_history_a_list_tells_what_was_missed_deletions_included()
    {
        var ending = TestContext.Current.CancellationToken;
        await using var plane = await StartPlaneAsync();
        await using var proxy = plane.CreateProxy();
        using var direct = new KubernetesClient(KubernetesConnection.FromKubeConfig(plane.KubeconfigPath), TimeProvider.System);
        using var proxied = new KubernetesClient(KubernetesConnection.FromKubeConfig(plane.KubeconfigVia(proxy)), TimeProvider.System);
        await direct.CreateAsync(BuiltIn.ConfigMaps, Map("stays"), ending);
        var goes = await direct.CreateAsync(BuiltIn.ConfigMaps, Map("goes"), ending);
        var again = await direct.CreateAsync(BuiltIn.ConfigMaps, Map("again"), ending);
        List<string> told = [];
        var informer = new Informer<ConfigMap, string>(
            proxied, BuiltIn.ConfigMaps, static map => map.Metadata.Name!, TimeProvider.System, Cluster.Logger,
            new InformerOptions { Objects = new ListRequest { LabelSelector = "test=lost-history" } });
        informer.Subscribe(change => told.Add($"{(change.After is null ? '-' : '+')}{change.Key.Name}{(change.IsFromList ? " by list" : "")}"));
        informer.Start();
        await informer.WaitForSyncAsync(ending);
        told.Clear();

        proxy.RefuseNew();
        proxy.CutAll();
        await direct.DeleteAsync(BuiltIn.ConfigMaps, goes.Key(), Precondition.None, Propagation.Background, ending);
        await direct.DeleteAsync(BuiltIn.ConfigMaps, again.Key(), Precondition.None, Propagation.Background, ending);
        await direct.CreateAsync(BuiltIn.ConfigMaps, Map("again"), ending);
        await direct.CreateAsync(BuiltIn.ConfigMaps, Map("comes"), ending);
        await plane.StopApiServerAsync();
        await plane.StartApiServerAgainAsync();
        var refusal = await Assert.ThrowsAsync<KubernetesException>(async () => await direct.WatchAsync(
            BuiltIn.ConfigMaps, new WatchRequest { Objects = ListRequest.Everything, ResourceVersion = goes.Metadata.ResourceVersion! }, ending).FirstAsync(ending));
        proxy.Resume();

        Assert.True(refusal.IsExpired, refusal.Message);
        await Eventually.Passes(() =>
        {
            Assert.Equal(["+again by list", "+comes by list", "-again by list", "-goes by list"], told.Order(StringComparer.Ordinal));
            return Task.CompletedTask;
        }, TimeSpan.FromSeconds(30));
        Assert.Equal(3, informer.Store.Count);
        await informer.StopAsync();
    }

    private static ConfigMap Map(string name) => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = "default", Labels = new Dictionary<string, string> { ["test"] = "lost-history" } },
    };

    private static async Task<ControlPlane> StartPlaneAsync()
    {
        try
        {
            return await ControlPlane.StartAsync(plain: true);
        }
        catch (InvalidOperationException missing)
        {
            MissingDependency.SkipOrFail(missing.Message);
            throw;
        }
    }
}
