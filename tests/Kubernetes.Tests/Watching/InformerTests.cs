using PodEngine.Kit;
using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Objects;
using PodEngine.Kubernetes.Objects.Core;
using PodEngine.Kubernetes.Watching;

namespace PodEngine.Kubernetes.Tests.Watching;

public sealed class InformerTests : IAsyncLifetime
{
    private readonly Lock gate = new();
    private readonly List<string> told = [];
    private Cluster cluster = null!;

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => cluster = await Cluster.CreateAsync();

    public ValueTask DisposeAsync() => cluster?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task What_was_there_and_what_comes_changes_and_goes_is_in_the_store_and_told_of()
    {
        await cluster.CreateMapAsync("m-a");
        var informer = Follow(cluster.Client);
        await informer.WaitForSyncAsync(Ending);
        Assert.Equal("1", informer.Store.Find(cluster.Key("m-a"))!.Item);

        await cluster.CreateMapAsync("m-b");
        await cluster.ChangeMapAsync("m-a", "2");
        await cluster.DeleteMapAsync("m-b");

        await HasTold("list +m-a=1", "+m-b=1", "m-a=1>2", "-m-b=1");
        Assert.Null(informer.Store.Find(cluster.Key("m-b")));
        Assert.Null(informer.Outage);
        await informer.StopAsync();
        await informer.StopAsync();
    }

    [Fact]
    public async Task A_change_of_what_is_not_projected_is_not_told_of()
    {
        await cluster.CreateMapAsync("m-a");
        var informer = Follow(cluster.Client);
        await informer.WaitForSyncAsync(Ending);

        await cluster.Client.PatchAsync(BuiltIn.ConfigMaps, cluster.Key("m-a"), new() { ["data"] = new System.Text.Json.Nodes.JsonObject { ["other"] = "x" } }, Precondition.None, Ending);
        var last = await cluster.ChangeMapAsync("m-a", "2");

        await HasTold("list +m-a=1", "m-a=1>2");
        Assert.Equal(last.Metadata.ResourceVersion, informer.Store.Find(cluster.Key("m-a"))!.ResourceVersion);
        await informer.StopAsync();
    }

    [Fact]
    public async Task An_index_follows_the_store()
    {
        await cluster.CreateMapAsync("m-a", "red");
        await cluster.CreateMapAsync("m-b", "red");
        var informer = Informer(cluster.Client);
        var byValue = informer.Store.AddIndex(static (_, value) => new[] { value });
        informer.Start();
        await informer.WaitForSyncAsync(Ending);
        Assert.Equal(2, byValue.CountOf("red"));

        await cluster.ChangeMapAsync("m-a", "blue");
        await cluster.DeleteMapAsync("m-b");

        await Eventually.Holds(() => byValue.CountOf("red") == 0 && byValue.KeysOf("blue").SequenceEqual([cluster.Key("m-a")]));
        await informer.StopAsync();
    }

    [Fact]
    public async Task What_happened_while_the_connection_was_cut_is_told_of_when_it_is_back()
    {
        var (client, proxy) = cluster.ThroughProxy();
        await cluster.CreateMapAsync("m-changes");
        await cluster.CreateMapAsync("m-goes");
        var informer = Follow(client);
        await informer.WaitForSyncAsync(Ending);

        proxy.RefuseNew();
        proxy.CutAll();
        await Eventually.Holds(() => informer.Outage is not null);
        await cluster.CreateMapAsync("m-comes");
        await cluster.ChangeMapAsync("m-changes", "2");
        await cluster.DeleteMapAsync("m-goes");
        proxy.Resume();

        await HasTold("list +m-changes=1", "list +m-goes=1", "+m-comes=1", "m-changes=1>2", "-m-goes=1");
        Assert.Null(informer.Outage);
        await informer.StopAsync();
    }

    [Fact]
    public async Task A_silent_connection_is_given_up_and_opened_anew()
    {
        var (client, proxy) = cluster.ThroughProxy(new KubernetesClientOptions { RequestTimeout = TimeSpan.FromSeconds(1) });
        var informer = Follow(client, new InformerOptions { Objects = cluster.Objects, IdleTimeout = TimeSpan.FromSeconds(1) });
        await informer.WaitForSyncAsync(Ending);

        proxy.Stall();
        await cluster.CreateMapAsync("m-a");
        await Eventually.Holds(() => informer.Outage is not null);
        proxy.CutAll();
        proxy.Resume();

        await HasTold("+m-a=1");
        await informer.StopAsync();
    }

    [Fact]
    public async Task A_kind_that_is_not_installed_is_waited_for()
    {
        var informer = new Informer<Absent, string>(cluster.Client, TestKinds.Absents, static _ => "", TimeProvider.System, Cluster.Logger);
        informer.Start();

        await Eventually.Holds(() => informer.Outage?.Contains("404", StringComparison.Ordinal) == true);

        Assert.False(informer.IsSynced);
        await informer.StopAsync();
    }

    [Fact]
    public async Task An_empty_collection_is_synced_and_then_followed()
    {
        var informer = Follow(cluster.Client, new InformerOptions { Objects = cluster.Objects with { LabelSelector = "never=there" } });
        await informer.WaitForSyncAsync(Ending);

        Assert.Equal(0, informer.Store.Count);
        await informer.StopAsync();
    }

    private Informer<ConfigMap, string> Informer(KubernetesClient client, InformerOptions? options = null)
    {
        var informer = new Informer<ConfigMap, string>(
            client, BuiltIn.ConfigMaps, static map => map.Data?.GetValueOrDefault("value") ?? "", TimeProvider.System, Cluster.Logger,
            options ?? new InformerOptions { Objects = cluster.Objects, FirstBackoff = TimeSpan.FromMilliseconds(50) });
        informer.Subscribe(Tell);
        return informer;
    }

    private Informer<ConfigMap, string> Follow(KubernetesClient client, InformerOptions? options = null)
    {
        var informer = Informer(client, options);
        informer.Start();
        return informer;
    }

    private void Tell(ResourceChange<string> change)
    {
        if (!change.Key.Name.StartsWith("m-", StringComparison.Ordinal))
        {
            return;
        }

        var text = change switch
        {
            { Before: null, After: { } after } => $"+{change.Key.Name}={after.Item}",
            { Before: { } before, After: null } => $"-{change.Key.Name}={before.Item}",
            _ => $"{change.Key.Name}={change.Before!.Item}>{change.After!.Item}",
        };
        lock (gate)
        {
            told.Add(change.IsFromList ? $"list {text}" : text);
        }
    }

    private Task HasTold(params string[] expected) => Eventually.Passes(() =>
    {
        lock (gate)
        {
            Assert.Equal(expected, told);
        }

        return Task.CompletedTask;
    });
}
