using PodEngine.Kubernetes.Applying;
using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Objects;
using PodEngine.Kubernetes.Reconciling;
using PodEngine.Kubernetes.Recording;
using PodEngine.Operator.Database;
using PodEngine.Operator.GenerationModels;
using PodEngine.Operator.InferenceEndpoints;
using PodEngine.Operator.Installation;
using PodEngine.Operator.Mirror;
using PodEngine.Operator.PodJobs;
using PodEngine.Operator.Recording;
using PodEngine.Operator.Settings;
using PodEngine.Operator.Watching;
using PodEngine.Operator.WorkerPools;
using PodEngine.Resources.GenerationModels;
using PodEngine.Resources.InferenceEndpoints;
using PodEngine.Resources.PodJobs;
using PodEngine.Resources.WorkerPools;

namespace PodEngine.Operator.Hosting;

/// <summary>
/// Everything that only the leader does, put together: controllers, batcher, mirror, sweep and the duties for the database. Built before the
/// informers start, because controllers subscribe to them; run once.
/// </summary>
internal sealed class LeaderDuties : IAsyncDisposable
{
    /// <summary>
    /// Bounds on how often objects are looked at: far above what a burst of 5,000 PodJobs or a change of every pool needs, far below what a hot
    /// loop would cost the API server and PostgreSQL.
    /// </summary>
    private static readonly WorkQueueOptions PodJobPace = new() { KeyInterval = TimeSpan.FromMilliseconds(100), StartsPerSecond = 1000, Burst = 5000 };

    private static readonly WorkQueueOptions OtherPace = new() { KeyInterval = TimeSpan.FromMilliseconds(250), StartsPerSecond = 200, Burst = 400 };

    private readonly InstallationIdentity installation = new();
    private readonly InstallationRegistry registry;
    private readonly DatabaseHealth health;
    private readonly DatabaseKeeper keeper;
    private readonly RetentionKeeper retention;
    private readonly LimitKeeper limits;
    private readonly JobBatcher batcher;
    private readonly JobMirror mirror;
    private readonly OrphanSweep sweep;
    private readonly DeletedJobs deleted = new();
    private readonly Controller<PodJob, PodJobView> podJobs;
    private readonly Controller<WorkerPool, Specified<WorkerPool>> workerPools;
    private readonly Controller<InferenceEndpoint, Specified<InferenceEndpoint>> endpoints;
    private readonly Controller<GenerationModel, Specified<GenerationModel>> models;

    public LeaderDuties(
        OperatorSettings settings, string podNamespace, KubernetesClient client, ClusterView cluster, EventRecorder recorder, OperatorStores stores,
        TimeProvider time, ILoggerFactory loggers)
    {
        health = new DatabaseHealth(time);
        registry = new(client, podNamespace, settings.InstallationId, time, loggers.CreateLogger<InstallationRegistry>());
        keeper = new(stores.Migrate, stores.Queue, stores.Address, health, time, loggers.CreateLogger<DatabaseKeeper>());
        var gone = new GonePodJobs(stores.Queue, cluster, client, settings.WatchNamespace);
        retention = new(
            stores, gone.IncludesAsync, settings.JobRetention, settings.LogRetention, installation, health, time, loggers.CreateLogger<RetentionKeeper>());
        limits = new(stores, health, time);
        batcher = new(stores.Queue, time);
        var statuses = new PodJobStatuses(cluster.PodJobs, client);
        var events = new PodJobEvents(recorder);
        mirror = new(stores.Queue, stores.Ledger, statuses, events, installation, health, time, loggers.CreateLogger<JobMirror>());
        sweep = new(
            stores.Queue, cluster, client, installation, health, recorder, podNamespace, settings.WatchNamespace, time, loggers.CreateLogger<OrphanSweep>());

        var waiting = new WaitingForDatabase();
        var wakes = new PoolWakes();
        cluster.PodJobs.Subscribe(deleted.Note);
        var reconciler = new PodJobReconciler(
            client, stores.Queue, batcher, new ReferenceResolver(cluster, client), statuses, events, deleted, waiting, health, installation, wakes, time,
            loggers.CreateLogger<PodJobReconciler>());
        podJobs = PodJobController(cluster, reconciler, time, loggers);
        workerPools = WorkerPoolController(settings, client, cluster, recorder, stores, time, loggers);
        endpoints = new(
            "inferenceendpoint", cluster.InferenceEndpoints, new InferenceEndpointReconciler(client, time), time, loggers.CreateLogger("InferenceEndpoints"),
            new ControllerOptions { Queue = OtherPace });
        models = ModelController(client, cluster, time, loggers);
        wakes.Wire(WakePool, WakeParked);
        health.WhenBack(WakeParked);
        health.WhenBack(() => cluster.WorkerPools.Store.Keys().ToList().ForEach(pool => workerPools.Enqueue(pool)));

        void WakePool(ResourceKey pool)
        {
            if (cluster.WorkerPools.Store.TryGet(pool, out var found) && found.Entity.Spec.Autoscaling is not null)
            {
                workerPools.Enqueue(pool);
            }
        }

        void WakeParked()
        {
            foreach (var key in waiting.TakeAll())
            {
                podJobs.Enqueue(key, WorkPriority.Relisted);
            }
        }
    }

    /// <summary>Whether PostgreSQL can be used.</summary>
    public bool IsDatabaseAvailable => health.IsAvailable;

    /// <summary>Does them until cancelled. Ends otherwise only by a defect, which it throws.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        installation.Id = await registry.EnsureAsync(cancellationToken);
        health.Begin();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] endless =
        [
            keeper.RunAsync(ending.Token), retention.RunAsync(ending.Token), limits.RunAsync(ending.Token), batcher.RunAsync(ending.Token),
            mirror.RunAsync(ending.Token),
        ];
        podJobs.Start();
        deleted.Begin();
        var once = sweep.RunAsync(ending.Token);
        workerPools.Start();
        endpoints.Start();
        models.Start();
        try
        {
            await await Task.WhenAny([.. endless, FaultOfAsync(once, ending.Token)]);
        }
        finally
        {
            await ending.CancelAsync();
            await DisposeAsync();
            await Task.WhenAll([.. endless, once]).ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    /// <summary>Stops the controllers, which is harmless when they never started.</summary>
    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(podJobs.StopAsync(), workerPools.StopAsync(), endpoints.StopAsync(), models.StopAsync());

    /// <summary>Ends with the task's fault, or else not before the token.</summary>
    private static async Task FaultOfAsync(Task task, CancellationToken cancellationToken)
    {
        await task;
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
    }

    private static Controller<PodJob, PodJobView> PodJobController(ClusterView cluster, PodJobReconciler reconciler, TimeProvider time, ILoggerFactory loggers)
    {
        // Rejected PodJobs of a namespace are looked at again whenever something there changes that a PodJob can refer to.
        var unaccepted = cluster.PodJobs.Store.AddIndex<string>(static (key, podJob) => podJob.IsAccepted ? [] : [key.Namespace]);
        var options = new ControllerOptions { Workers = 64, Queue = PodJobPace };
        return new Controller<PodJob, PodJobView>("podjob", cluster.PodJobs, reconciler, time, loggers.CreateLogger("PodJobs"), options)
            .Watches(cluster.WorkerPools, change => unaccepted.KeysOf(change.Key.Namespace))
            .Watches(cluster.GenerationModels, change => unaccepted.KeysOf(change.Key.Namespace))
            .Watches(cluster.InferenceEndpoints, change => unaccepted.KeysOf(change.Key.Namespace))
            .Watches(cluster.ConfigMaps, change => unaccepted.KeysOf(change.Key.Namespace));
    }

    private static Controller<GenerationModel, Specified<GenerationModel>> ModelController(
        KubernetesClient client, ClusterView cluster, TimeProvider time, ILoggerFactory loggers)
    {
        var byEndpoint = cluster.GenerationModels.Store.AddIndex<ResourceKey>(static (key, model) => [new(key.Namespace, model.Entity.Spec.EndpointName)]);
        return new Controller<GenerationModel, Specified<GenerationModel>>(
                "generationmodel", cluster.GenerationModels, new GenerationModelReconciler(client, cluster, time), time, loggers.CreateLogger("GenerationModels"),
                new ControllerOptions { Queue = OtherPace })
            .Watches(cluster.InferenceEndpoints, change => byEndpoint.KeysOf(change.Key));
    }

    private Controller<WorkerPool, Specified<WorkerPool>> WorkerPoolController(
        OperatorSettings settings, KubernetesClient client, ClusterView cluster, EventRecorder recorder, OperatorStores stores, TimeProvider time,
        ILoggerFactory loggers)
    {
        var podsByPool = cluster.Pods.Store.AddIndex<ResourceKey>(static (key, pod) => [new(key.Namespace, pod.Pool)]);
        var byEndpoint = cluster.WorkerPools.Store.AddIndex<ResourceKey>(
            static (key, pool) => pool.Entity.Spec.Providers.RunPod is { } runPod ? [new(key.Namespace, runPod.EndpointName)] : []);
        var reconciler = new WorkerPoolReconciler(
            cluster, client, new FieldOwner(client, WorkerNames.FieldManager), new DeploymentRenderer(settings.WorkerDatabaseSecret), stores.Queue,
            new PoolSteerer(stores.Steering, health, installation), health, installation, recorder, podsByPool, settings.WorkerImage, time);
        var options = new ControllerOptions { Queue = OtherPace };
        return new Controller<WorkerPool, Specified<WorkerPool>>("workerpool", cluster.WorkerPools, reconciler, time, loggers.CreateLogger("WorkerPools"), options)
            .Watches(cluster.Deployments, static change =>
                (change.After ?? change.Before)?.Item.Metadata.Labels?.GetValueOrDefault(WorkerNames.PoolLabel) is { } pool
                    ? [new ResourceKey(change.Key.Namespace, pool)] : [])
            .Watches(cluster.Pods, static change => [new ResourceKey(change.Key.Namespace, (change.After ?? change.Before)!.Item.Pool)])
            .Watches(cluster.InferenceEndpoints, change => byEndpoint.KeysOf(change.Key));
    }
}
