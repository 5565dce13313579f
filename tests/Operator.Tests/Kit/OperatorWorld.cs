using System.Text.Json.Nodes;
using PodEngine.Kit;
using PodEngine.Kit.ControlPlanes;
using PodEngine.Kit.Postgres;
using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Objects;
using PodEngine.Ledger.Postgres;
using PodEngine.Ledger.Postgres.Migrations;
using PodEngine.Queue;
using PodEngine.Queue.Postgres;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Queue.Postgres.Migrations;
using PodEngine.Resources;
using PodEngine.Resources.PodJobs;
using PodEngine.Resources.WorkerPools;

namespace PodEngine.Operator.Tests.Kit;

/// <summary>A namespace of a real API server and a database of a real PostgreSQL, seen from outside the operator: as a user and as a worker.</summary>
internal sealed class OperatorWorld : IAsyncDisposable
{
    public const string WorkerId = "worker-of-the-test";

    private readonly PostgresStore store;
    private readonly PostgresJobQueue queue;

    private OperatorWorld(ControlPlane plane, TestNamespace space, PostgresDatabase database)
    {
        (Plane, Space, Database) = (plane, space, database);
        Client = new KubernetesClient(KubernetesConnection.FromKubeConfig(plane.KubeconfigPath), TimeProvider.System);
        store = PostgresStore.Open(database.Uri);
        queue = new PostgresJobQueue(store);
        Ledger = new PostgresJobLedger(store);
    }

    public ControlPlane Plane { get; }

    public TestNamespace Space { get; }

    public PostgresDatabase Database { get; }

    public KubernetesClient Client { get; }

    public IJobQueue Queue => queue;

    public PostgresJobLedger Ledger { get; }

    public Guid InstallationId { get; } = Guid.NewGuid();

    public string Namespace => Space.Name;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<OperatorWorld> CreateAsync(ControlPlane? plane = null, PostgresServer? postgres = null)
    {
        plane ??= await ControlPlane.SharedAsync();
        return new OperatorWorld(plane, await TestNamespace.CreateAsync(plane), await PostgresDatabase.CreateAsync(postgres));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await queue.DisposeAsync();
        await store.DisposeAsync();
        await Database.DisposeAsync();
        await Space.DisposeAsync();
    }

    /// <summary>Applies a pool with storage and a shop; further lines of its spec are indented by two.</summary>
    public Task ApplyPoolAsync(string name = "default", string spec = "") => Space.ApplyAsync(PoolManifest(name, spec));

    /// <summary>A pool that can take jobs.</summary>
    public static string PoolManifest(string name = "default", string spec = "") => $$"""
        apiVersion: podengine.io/v1alpha1
        kind: WorkerPool
        metadata:
          name: {{name}}
        spec:
          image: registry.example/worker:1
          providers:
            comfyUI:
              urls: ["http://comfyui:8188"]
            printify:
              shopId: 1
            storage:
              filesystem:
                claimName: pictures
        {{spec}}
        """;

    /// <summary>Applies a design; further lines of its spec are indented by two.</summary>
    public Task ApplyJobAsync(string name, string spec = "") => Space.ApplyAsync(JobManifest(name, spec));

    /// <summary>A design job of pool default.</summary>
    public static string JobManifest(string name, string spec = "") => $$"""
        apiVersion: podengine.io/v1alpha1
        kind: PodJob
        metadata:
          name: {{name}}
        spec:
          design:
            theme: cats
            productTypes: [tshirt]
        {{spec}}
        """;

    public Task<PodJob> JobAsync(string name) => Client.GetAsync(CustomResources.PodJobs, new ResourceKey(Namespace, name), Token);

    public Task<WorkerPool> PoolAsync(string name = "default") => Client.GetAsync(CustomResources.WorkerPools, new ResourceKey(Namespace, name), Token);

    /// <summary>Waits until a PodJob is in a phase.</summary>
    public async Task<PodJob> InPhaseAsync(string name, PodJobPhase phase, TimeSpan? timeout = null) => await Eventually.Returns(
        async () => await JobAsync(name) is { } job && job.Status?.Phase == phase ? job : null, timeout, $"{name} is {phase}");

    /// <summary>Waits until a condition of a PodJob has a status and reason, such as <c>False/PoolNotFound</c>.</summary>
    public async Task<PodJob> WithConditionAsync(string name, string type, string expected, TimeSpan? timeout = null)
    {
        var last = "no status";
        return await Eventually.Returns(
            async () =>
            {
                var job = await JobAsync(name);
                var condition = Conditions.Find(job.Status?.Conditions, type);
                last = condition is null ? "no condition" : $"{condition.Status}/{condition.Reason}";
                return last == expected ? job : throw new InvalidOperationException($"{type} is {last}");
            },
            timeout, $"{type} of {name} is {expected}");
    }

    public Task<JobRecord?> RowAsync(PodJob job) => Queue.FindAsync(new JobId(Guid.Parse(job.Metadata.Uid!)), Token);

    /// <summary>Claims the next job of a pool, as a worker does.</summary>
    public async Task<ClaimedJob> ClaimAsync(string pool = "default")
    {
        var lane = new QueueKey(InstallationId, Namespace, pool);
        return await Eventually.Returns(async () =>
        {
            await Queue.HeartbeatAsync(
                new WorkerHeartbeat { WorkerId = WorkerId, Queue = lane, Host = "test", Concurrency = 100, Held = [] }, Token);
            return await Queue.ClaimAsync(lane, WorkerId, 1, Token) is [var claimed, ..] ? claimed : null;
        });
    }

    /// <summary>Reasons of the events about an object, oldest first.</summary>
    public async Task<IReadOnlyList<string>> EventsAsync(string name) =>
    [
        .. (await Client.ListAsync(BuiltIn.Events, new ListRequest { Namespace = Namespace }, Token))
            .Where(recorded => recorded.Regarding?.Name == name).OrderBy(recorded => recorded.EventTime).Select(recorded => recorded.Reason!),
    ];

    /// <summary>Brings the database's schema up to date, as an operator's leader does.</summary>
    public Task MigrateAsync() => PostgresMigrator.ApplyAsync(store, [QueueMigrations.Component, LedgerMigrations.Component], Token);

    /// <summary>Changes the spec of a PodJob.</summary>
    public Task PatchJobAsync(string name, JsonObject spec) => Client.PatchAsync(
        CustomResources.PodJobs, new ResourceKey(Namespace, name), new JsonObject { ["spec"] = spec }, Precondition.None, Token);

    public Task DeleteJobAsync(string name) => Client.DeleteAsync(
        CustomResources.PodJobs, new ResourceKey(Namespace, name), Precondition.None, Propagation.Background, Token);
}
