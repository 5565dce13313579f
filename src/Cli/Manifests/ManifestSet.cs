using PodEngine.Kubernetes.Objects;
using PodEngine.Kubernetes.Objects.Core;
using PodEngine.Resources.Admission;
using PodEngine.Resources.GenerationModels;
using PodEngine.Resources.InferenceEndpoints;
using PodEngine.Resources.Manifests;
using PodEngine.Resources.PodJobs;
using PodEngine.Resources.WorkerPools;

namespace PodEngine.Cli.Manifests;

/// <summary>The objects of some manifests, found by namespace and name as in a cluster.</summary>
internal sealed class ManifestSet(IReadOnlyList<Manifest> manifests)
{
    /// <summary>The namespace of manifests that name none.</summary>
    public const string DefaultNamespace = "default";

    /// <summary>The jobs in the order of the files, each with its namespace filled in.</summary>
    public IReadOnlyList<PodJob> Jobs { get; } =
        [.. manifests.Select(manifest => manifest.Resource).OfType<PodJob>().Select(job => job with { Metadata = job.Metadata with { Namespace = NamespaceOf(job) } })];

    /// <summary>The pool a job names; null when no manifest defines it.</summary>
    public WorkerPool? PoolOf(PodJob job) => Find<WorkerPool>(job, job.Spec.WorkerPoolName);

    /// <summary>The endpoint that draws a pool's pictures; null when it names none or no manifest defines it.</summary>
    public InferenceEndpoint? EndpointOf(PodJob job, WorkerPool pool) => Find<InferenceEndpoint>(job, pool.Spec.Providers.RunPod?.EndpointName);

    /// <summary>Everything a job refers to, as far as manifests define it.</summary>
    public AdmissionReferences ReferencesOf(PodJob job)
    {
        var pool = PoolOf(job);
        var model = Find<GenerationModel>(job, job.Spec.Execution?.ModelName);
        var names = ReferencedNames.Of(job, pool, model);
        return new AdmissionReferences
        {
            Pool = pool,
            Model = model,
            Catalog = Find<ConfigMap>(job, names.Catalog),
            Workflows = Find<ConfigMap>(job, names.Workflows),
            Endpoint = Find<InferenceEndpoint>(job, names.Endpoint),
            Inputs = Find<ConfigMap>(job, names.Inputs),
        };
    }

    private T? Find<T>(PodJob job, string? name)
        where T : KubernetesObject =>
        name is null
            ? null
            : manifests.Select(manifest => manifest.Resource).OfType<T>()
                .LastOrDefault(resource => resource.Metadata.Name == name && NamespaceOf(resource) == NamespaceOf(job));

    private static string NamespaceOf(KubernetesObject resource) => resource.Metadata.Namespace ?? DefaultNamespace;
}
