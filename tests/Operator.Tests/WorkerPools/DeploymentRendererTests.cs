using PodEngine.Kubernetes.Objects;
using PodEngine.Kubernetes.Objects.Core;
using PodEngine.Operator.WorkerPools;
using PodEngine.Resources.InferenceEndpoints;
using PodEngine.Resources.WorkerPools;
using PodEngine.Shared.Pools;

namespace PodEngine.Operator.Tests.WorkerPools;

public class DeploymentRendererTests
{
    private static readonly Guid Installation = Guid.Parse("11111111-1111-1111-1111-111111111111");

    [Fact]
    public void Workers_run_restricted_and_without_a_token()
    {
        var pod = Pod(new WorkerPoolSpec());
        var worker = Assert.Single(pod.Containers);

        Assert.False(pod.AutomountServiceAccountToken);
        Assert.True(pod.SecurityContext!.RunAsNonRoot);
        Assert.Equal("RuntimeDefault", pod.SecurityContext.SeccompProfile!.Type);
        Assert.False(worker.SecurityContext!.AllowPrivilegeEscalation);
        Assert.True(worker.SecurityContext.ReadOnlyRootFilesystem);
        Assert.Equal(["ALL"], worker.SecurityContext.Capabilities!.Drop!);
        Assert.Equal(("/livez", "/readyz"), (worker.LivenessProbe!.HttpGet!.Path, worker.ReadinessProbe!.HttpGet!.Path));
        Assert.Equal(330, pod.TerminationGracePeriodSeconds);
    }

    [Fact]
    public void A_worker_is_told_its_pool_in_one_variable_without_secrets()
    {
        var spec = new WorkerPoolSpec
        {
            Concurrency = 8,
            Providers = new ProvidersSpec
            {
                RunPod = new RunPodSpec { EndpointName = "gpu" },
                Printify = new PrintifySpec { ShopId = 42 },
                Storage = new StorageSpec { S3 = new S3Spec { Bucket = "pictures", Addressing = S3Addressing.Path, BaseUrl = "http://minio:9000" } },
                Platforms = [new PlatformSpec { Name = "etsy", ShopId = 7 }],
            },
        };
        var endpoint = new InferenceEndpoint { Spec = new InferenceEndpointSpec { EndpointId = "abc", BaseUrl = "http://sim/v2" } };

        var settings = PoolSettingsJson.Read(Variable(Pod(spec, endpoint), PoolSettings.EnvironmentVariable)!);

        Assert.Equal(("shop", "default", 8), (settings.Namespace, settings.Pool, settings.Concurrency));
        Assert.Equal(new RunPodTarget("abc", new Uri("http://sim/v2")), settings.RunPod);
        Assert.Equal(("pictures", true), (settings.Storage.S3!.Bucket, settings.Storage.S3.PathStyle));
        Assert.Equal((42L, "etsy"), (settings.PrintifyShopId!.Value, settings.Platforms[0].Name));
    }

    [Fact]
    public void Secrets_come_as_files_the_database_by_reference_and_workflows_not_at_all_because_jobs_carry_them()
    {
        var pod = Pod(new WorkerPoolSpec
        {
            CredentialsSecretName = "keys",
            Database = new DatabaseReference { SecretName = "pg-app" },
            Providers = new ProvidersSpec
            {
                WorkflowsConfigMapName = "flows",
                Storage = new StorageSpec { Filesystem = new FilesystemSpec { ClaimName = "pictures" } },
            },
        });

        Assert.Equal("keys", Volume(pod, "credentials").Secret!.SecretName);
        Assert.DoesNotContain(pod.Volumes!, volume => volume.ConfigMap is not null);
        Assert.Equal("pictures", Volume(pod, "storage").PersistentVolumeClaim!.ClaimName);
        Assert.Equal("/var/run/podengine/credentials", Variable(pod, "PODENGINE_CREDENTIALS_DIR"));
        var database = pod.Containers[0].Env!.Single(variable => variable.Name == "DATABASE_URL").ValueFrom!.SecretKeyRef!;
        Assert.Equal(("pg-app", "uri"), (database.Name, database.Key));
    }

    [Fact]
    public void A_variable_of_the_user_replaces_the_database_but_not_what_the_operator_says()
    {
        var pod = Pod(new WorkerPoolSpec
        {
            Database = new DatabaseReference { SecretName = "pg-app" },
            Env = [new EnvVar { Name = "DATABASE_URL", Value = "postgresql://mine/x" }, new EnvVar { Name = "PODENGINE_POOL_SETTINGS", Value = "{}" }],
        });

        Assert.Equal("postgresql://mine/x", Variable(pod, "DATABASE_URL"));
        Assert.NotEqual("{}", Variable(pod, "PODENGINE_POOL_SETTINGS"));
        Assert.Distinct(pod.Containers[0].Env!.Select(variable => variable.Name));
    }

    [Fact]
    public void The_same_pool_renders_the_same_and_a_change_changes_its_hash()
    {
        Assert.Equal(Hash(new WorkerPoolSpec()), Hash(new WorkerPoolSpec()));
        Assert.NotEqual(Hash(new WorkerPoolSpec()), Hash(new WorkerPoolSpec { Concurrency = 6 }));

        static string Hash(WorkerPoolSpec spec) => Render(spec).Metadata.Annotations![WorkerNames.AppliedHashAnnotation];
    }

    [Theory]
    [InlineData(PauseMode.Hold)]
    [InlineData(PauseMode.Drain)]
    public void Pausing_a_pool_changes_nothing_of_its_deployment(PauseMode paused) => Assert.Equal(
        Render(new WorkerPoolSpec()).Metadata.Annotations![WorkerNames.AppliedHashAnnotation],
        Render(new WorkerPoolSpec { Paused = paused }).Metadata.Annotations![WorkerNames.AppliedHashAnnotation]);

    private static PodSpec Pod(WorkerPoolSpec spec, InferenceEndpoint? endpoint = null) => Render(spec, endpoint).Spec!.Template.Spec;

    private static Kubernetes.Objects.Apps.Deployment Render(WorkerPoolSpec spec, InferenceEndpoint? endpoint = null)
    {
        var pool = new WorkerPool { Metadata = new ObjectMeta { Name = "default", Namespace = "shop", Uid = "u" }, Spec = spec };
        return new DeploymentRenderer(null).Render(pool, PoolSettingsRenderer.Render(pool, Installation, endpoint, WorkerNames.StorageFolder), "worker:1", 2);
    }

    private static string? Variable(PodSpec pod, string name) => pod.Containers[0].Env!.Single(variable => variable.Name == name).Value;

    private static Volume Volume(PodSpec pod, string name) => pod.Volumes!.Single(volume => volume.Name == name);
}
