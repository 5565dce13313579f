using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Objects;
using PodEngine.Kubernetes.Objects.Apps;
using PodEngine.Kubernetes.Objects.Core;
using PodEngine.Kubernetes.Watching;
using PodEngine.Operator.WorkerPools;
using PodEngine.Resources;
using PodEngine.Resources.GenerationModels;
using PodEngine.Resources.InferenceEndpoints;
using PodEngine.Resources.PodJobs;
using PodEngine.Resources.WorkerPools;

namespace PodEngine.Operator.Watching;

/// <summary>
/// Everything the operator watches, in one place. The informers run whether this process leads or not, so that a new leader has what it needs.
/// </summary>
internal sealed class ClusterView
{
    /// <summary>Informers over one namespace, or over all.</summary>
    public ClusterView(KubernetesClient client, string? watchNamespace, TimeProvider time, ILogger logger)
    {
        var everything = new InformerOptions { Objects = new ListRequest { Namespace = watchNamespace } };
        var workers = new InformerOptions { Objects = new ListRequest { Namespace = watchNamespace, LabelSelector = WorkerNames.PoolLabel } };
        PodJobs = new(client, CustomResources.PodJobs, PodJobView.Of, time, logger, everything);
        WorkerPools = new(client, CustomResources.WorkerPools, static pool => new(pool), time, logger, everything);
        InferenceEndpoints = new(client, CustomResources.InferenceEndpoints, static endpoint => new(endpoint), time, logger, everything);
        GenerationModels = new(client, CustomResources.GenerationModels, static model => new(model), time, logger, everything);
        ConfigMaps = new(client, BuiltIn.ConfigMaps, ConfigMapView.Of, time, logger, everything);
        Deployments = new(client, BuiltIn.Deployments, static deployment => deployment, time, logger, workers);
        Pods = new(client, BuiltIn.Pods, PodView.Of, time, logger, workers);
        All = [PodJobs, WorkerPools, InferenceEndpoints, GenerationModels, ConfigMaps, Deployments, Pods];
    }

    /// <summary>PodJobs.</summary>
    public Informer<PodJob, PodJobView> PodJobs { get; }

    /// <summary>WorkerPools.</summary>
    public Informer<WorkerPool, Specified<WorkerPool>> WorkerPools { get; }

    /// <summary>InferenceEndpoints.</summary>
    public Informer<InferenceEndpoint, Specified<InferenceEndpoint>> InferenceEndpoints { get; }

    /// <summary>GenerationModels.</summary>
    public Informer<GenerationModel, Specified<GenerationModel>> GenerationModels { get; }

    /// <summary>ConfigMaps, as digests.</summary>
    public Informer<ConfigMap, ConfigMapView> ConfigMaps { get; }

    /// <summary>The Deployments of workers.</summary>
    public Informer<Deployment, Deployment> Deployments { get; }

    /// <summary>The pods of workers.</summary>
    public Informer<Pod, PodView> Pods { get; }

    /// <summary>All of them.</summary>
    public IReadOnlyList<IInformer> All { get; }

    /// <summary>Starts them all.</summary>
    public void Start()
    {
        foreach (var informer in All)
        {
            informer.Start();
        }
    }

    /// <summary>Stops them all.</summary>
    public Task StopAsync() => Task.WhenAll(All.Select(static informer => informer.StopAsync()));
}
