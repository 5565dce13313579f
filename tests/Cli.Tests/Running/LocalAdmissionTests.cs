using PodEngine.Cli.Manifests;
using PodEngine.Cli.Running;
using PodEngine.Resources.Manifests;
using PodEngine.Shared.Jobs;

namespace PodEngine.Cli.Tests.Running;

public sealed class LocalAdmissionTests
{
    private static readonly Guid Installation = Guid.Parse("11111111-1111-4111-8111-111111111111");

    [Fact]
    public void Jobs_are_admitted_in_order_each_with_an_id_of_its_own()
    {
        var (jobs, faults) = Admit(Texts.Pool, Texts.Job("a"), Texts.Job("b"));

        Assert.Empty(faults);
        Assert.Equal(["a", "b"], jobs.Select(job => job.Request.Name));
        Assert.Distinct(jobs.Select(job => job.Request.Id));
        Assert.All(jobs, job => Assert.Equal((Installation, "default", "default"), (job.Request.Queue.InstallationId, job.Request.Queue.Namespace, job.Request.Queue.Pool)));
    }

    [Fact]
    public void All_faults_of_all_jobs_are_told_at_once()
    {
        var (_, faults) = Admit(
            Texts.Pool,
            Texts.Job("a", "{theme: cats, productTypes: [sock], platforms: [tiktok]}"),
            Texts.Job("b", more: "workerPoolName: other"),
            Texts.Job("c"));

        Assert.Equal(3, faults.Count);
        Assert.StartsWith("PodJob a: ProductTypeUnknown: spec.design.productTypes[0]: product type 'sock'", faults[0], StringComparison.Ordinal);
        Assert.StartsWith("PodJob a: PlatformUnknown: spec.design.platforms[0]: ", faults[1], StringComparison.Ordinal);
        Assert.StartsWith("PodJob b: PoolNotFound: spec.workerPoolName: there is no worker pool 'other'", faults[2], StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_given_twice_is_run_by_nobody_unless_the_namespaces_differ()
    {
        var elsewhere = (Texts.Pool + "\n---\n" + Texts.Job("a")).Replace("metadata: {", "metadata: {namespace: shop, ", StringComparison.Ordinal);

        Assert.Contains("PodJob a: the manifests hold it twice in namespace 'default'", Assert.Single(Admit(Texts.Pool, Texts.Job("a"), Texts.Job("a")).Faults), StringComparison.Ordinal);
        Assert.Equal(["default", "shop"], Admit(Texts.Pool, Texts.Job("a"), elsewhere).Jobs.Select(job => job.Request.Queue.Namespace));
    }

    [Fact]
    public void A_manifest_read_back_from_a_cluster_is_another_job_here()
    {
        var read = Texts.Job("a").Replace("{name: a}", "{name: a, uid: not-even-a-uuid}", StringComparison.Ordinal);

        Assert.NotEqual(Guid.Empty, Assert.Single(Admit(Texts.Pool, read).Jobs).Request.Id.Value);
    }

    [Fact]
    public void A_workflow_is_taken_from_the_manifest_of_its_ConfigMap()
    {
        var pool = Texts.Pool.Replace("  providers:", "  providers:\n    workflowsConfigMapName: flows", StringComparison.Ordinal);
        const string flows = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: flows}
            data: {own.json: '{"1":{"class_type":"SaveImage","inputs":{}}}'}
            """;

        var (jobs, faults) = Admit(pool, flows, Texts.Job("a", "{theme: cats, productTypes: [mug], image: {workflowKey: own.json}}"));

        Assert.Empty(faults);
        Assert.Contains("SaveImage", Assert.IsType<DesignWork>(Assert.Single(jobs).Snapshot.Work).Workflow, StringComparison.Ordinal);
    }

    private static (IReadOnlyList<AdmittedJob> Jobs, IReadOnlyList<string> Faults) Admit(params string[] manifests)
    {
        var reading = ManifestReader.ReadAll(string.Join("\n---\n", manifests), "test");
        Assert.Empty(reading.Faults);
        return LocalAdmission.Admit(new ManifestSet(reading.Manifests), Installation);
    }
}
