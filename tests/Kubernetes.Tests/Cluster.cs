using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PodEngine.Kit.ControlPlanes;
using PodEngine.Kit.Faults;
using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Objects;
using PodEngine.Kubernetes.Objects.Core;

namespace PodEngine.Kubernetes.Tests;

/// <summary>A namespace of the real API server with a client, and on request a client whose connections can be cut.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> owned = [];

    private Cluster(TestNamespace tenant)
    {
        Tenant = tenant;
        Client = new KubernetesClient(KubernetesConnection.FromKubeConfig(tenant.Plane.KubeconfigPath), TimeProvider.System);
        owned.Add(tenant);
    }

    public TestNamespace Tenant { get; }

    public KubernetesClient Client { get; }

    public string Namespace => Tenant.Name;

    public ListRequest Objects => new() { Namespace = Namespace };

    public static ILogger Logger => NullLogger.Instance;

    public static CancellationToken Ending => TestContext.Current.CancellationToken;

    public static async Task<Cluster> CreateAsync() => new(await TestNamespace.CreateAsync());

    public (KubernetesClient Client, FaultProxy Proxy) ThroughProxy(KubernetesClientOptions? options = null)
    {
        var proxy = Tenant.Plane.CreateProxy();
        owned.Add(proxy);
        return (new KubernetesClient(KubernetesConnection.FromKubeConfig(Tenant.Plane.KubeconfigVia(proxy)), TimeProvider.System, options), proxy);
    }

    public ResourceKey Key(string name) => new(Namespace, name);

    public ConfigMap Map(string name, string value = "1") => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = Namespace },
        Data = new Dictionary<string, string> { ["value"] = value },
    };

    public Task<ConfigMap> CreateMapAsync(string name, string value = "1") => Client.CreateAsync(BuiltIn.ConfigMaps, Map(name, value), Ending);

    public Task<ConfigMap> ChangeMapAsync(string name, string value) => Client.PatchAsync(
        BuiltIn.ConfigMaps, Key(name), new() { ["data"] = new System.Text.Json.Nodes.JsonObject { ["value"] = value } }, Precondition.None, Ending);

    public Task DeleteMapAsync(string name) =>
        Client.DeleteAsync(BuiltIn.ConfigMaps, Key(name), Precondition.None, Propagation.Background, Ending);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        for (var last = owned.Count - 1; last >= 0; last--)
        {
            await owned[last].DisposeAsync();
        }
    }
}
