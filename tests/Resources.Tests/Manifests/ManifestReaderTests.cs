using PodEngine.Kubernetes.Objects.Core;
using PodEngine.Resources.Manifests;
using PodEngine.Resources.PodJobs;
using PodEngine.Resources.WorkerPools;

namespace PodEngine.Resources.Tests.Manifests;

public sealed class ManifestReaderTests
{
    [Fact]
    public void Several_documents_are_read_in_their_order_with_their_lines()
    {
        var reading = ManifestReader.ReadAll(
            """
            # a comment

            apiVersion: podengine.io/v1alpha1
            kind: WorkerPool
            metadata: {name: default}
            spec: {}
            ---
            ---
            apiVersion: podengine.io/v1alpha1
            kind: PodJob
            metadata: {name: cats}
            spec:
              design:
                productTypes: [mug]
            ---
            {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "catalogue"}, "data": {"mug": "priceCents: 999"}}
            """,
            "all.yaml");

        Assert.Empty(reading.Faults);
        Assert.Collection(
            reading.Manifests,
            pool => Assert.Equal(("default", 3), (Assert.IsType<WorkerPool>(pool.Resource).Metadata.Name, pool.Line)),
            job => Assert.Equal(("cats", 9), (Assert.IsType<PodJob>(job.Resource).Metadata.Name, job.Line)),
            map => Assert.Equal("priceCents: 999", Assert.IsType<ConfigMap>(map.Resource).Data!["mug"]));
    }

    [Fact]
    public void Defaults_are_filled_in()
    {
        var job = ReadJob("design:\n    productTypes: [mug]\n    approval: {mode: Required}");

        Assert.Equal(("default", 0, 3600), (job.Spec.WorkerPoolName, job.Spec.Priority, job.Spec.ActiveDeadlineSeconds));
        Assert.Equal(new RetrySpec { MaxRetries = 3, DelaySeconds = 60, Backoff = RetryBackoff.Exponential, MaxDelaySeconds = 900 }, job.Spec.Retry);
        Assert.Equal((1, false, 604800), (job.Spec.Design!.Count, job.Spec.Design.AutoPublish, job.Spec.Design.Approval.ExpireSeconds));
    }

    [Fact]
    public void A_fault_names_file_line_manifest_and_field()
    {
        var reading = ManifestReader.ReadAll(
            """
            apiVersion: podengine.io/v1alpha1
            kind: PodJob
            metadata:
              name: cats
            spec:
              design:
                productTypes:
                  - mug
                  - Mug
                count: 1000
            """,
            "cats.yaml");

        Assert.Empty(reading.Manifests);
        Assert.Equal(
            [
                "cats.yaml:10: PodJob cats: spec.design.count: must be at most 100, not 1000",
                "cats.yaml:9: PodJob cats: spec.design.productTypes[1]: does not match ^[a-z0-9]([-a-z0-9]*[a-z0-9])?$: \"Mug\"",
            ],
            reading.Faults.Select(fault => fault.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_wrong_document_does_not_hide_the_right_ones()
    {
        var reading = ManifestReader.ReadAll(
            """
            apiVersion: podengine.io/v1alpha1
            kind: PodJob
            metadata: {name: nothing-to-do}
            spec: {}
            ---
            apiVersion: podengine.io/v1alpha1
            kind: PodJob
            metadata: {name: cats}
            spec: {design: {productTypes: [mug]}}
            """,
            "two.yaml");

        Assert.Equal("cats", Assert.Single(reading.Manifests).Resource.Metadata.Name);
        Assert.Equal(4, Assert.Single(reading.Faults).Line);
    }

    [Fact]
    public void A_list_is_read_as_its_items()
    {
        var reading = ManifestReader.ReadAll(
            """
            apiVersion: v1
            kind: List
            items:
              - apiVersion: podengine.io/v1alpha1
                kind: PodJob
                metadata: {name: cats}
                spec: {design: {productTypes: [mug]}}
              - apiVersion: podengine.io/v1alpha1
                kind: PodJob
                metadata: {name: dogs}
                spec: {design: {productTypes: [mug], count: 0}}
            """,
            "list.yaml");

        Assert.Equal(("cats", 4), (Assert.Single(reading.Manifests).Resource.Metadata.Name, reading.Manifests[0].Line));
        Assert.Equal(("PodJob dogs", 11), (Assert.Single(reading.Faults).Subject, reading.Faults[0].Line));
    }

    [Theory]
    [InlineData("spec: [", 1)]
    [InlineData("a: 1\nb: 2\na: 3", 3)]
    [InlineData("a: &a [*a]", 1)]
    [InlineData("a: &a {<<: *a}", 1)]
    [InlineData("just words", 1)]
    [InlineData("- a list", 1)]
    public void What_is_no_manifest_is_a_fault_with_a_line(string text, int line)
    {
        var fault = Assert.Single(ManifestReader.ReadAll(text, "odd.yaml").Faults);

        Assert.Equal(line, fault.Line);
        Assert.NotEmpty(fault.Message);
    }

    [Fact]
    public void A_small_text_cannot_become_a_huge_manifest()
    {
        var lines = Enumerable.Range(1, 9).Select(level => $"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 9))}]");

        var reading = ManifestReader.ReadAll($"a0: &a0 [lol]\n{string.Join('\n', lines)}", "bomb.yaml");

        Assert.Contains("at most 100000 values", Assert.Single(reading.Faults).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("yes", "true")]
    [InlineData("off", "false")]
    [InlineData("~", "null")]
    [InlineData("", "null")]
    [InlineData("\"yes\"", "\"yes\"")]
    [InlineData("!!str 12", "\"12\"")]
    [InlineData("0x1F", "31")]
    [InlineData("0755", "493")]
    [InlineData("1_000", "\"1_000\"")]
    [InlineData("1e3", "1000")]
    [InlineData("2026-01-01", "\"2026-01-01\"")]
    [InlineData("12:30", "\"12:30\"")]
    public void Scalars_mean_what_they_mean_to_kubectl(string written, string json)
    {
        var reading = ManifestReader.ReadAll(
            $"apiVersion: podengine.io/v1alpha1\nkind: PodJob\nmetadata: {{name: a}}\nspec: {{execution: {{modelName: m, inputs: {{value: {written} }}}}}}", "scalar.yaml");

        var inputs = Assert.IsType<PodJob>(Assert.Single(reading.Manifests).Resource).Spec.Execution!.Inputs!;
        Assert.Equal(json, inputs["value"]?.ToJsonString() ?? "null");
    }

    [Fact]
    public void An_anchor_may_be_used_again()
    {
        var reading = ManifestReader.ReadAll(
            """
            apiVersion: podengine.io/v1alpha1
            kind: WorkerPool
            metadata: {name: a}
            spec:
              env:
                - &level {name: LOG_LEVEL, value: Debug}
                - {<<: *level, name: OTHER_LEVEL}
            """,
            "anchor.yaml");

        Assert.Empty(reading.Faults);
        Assert.Equal(["Debug", "Debug"], Assert.IsType<WorkerPool>(Assert.Single(reading.Manifests).Resource).Spec.Env!.Select(each => each.Value));
    }

    private static PodJob ReadJob(string spec)
    {
        var reading = ManifestReader.ReadAll($"apiVersion: podengine.io/v1alpha1\nkind: PodJob\nmetadata: {{name: a}}\nspec:\n  {spec}", "job.yaml");
        Assert.Empty(reading.Faults);
        return Assert.IsType<PodJob>(Assert.Single(reading.Manifests).Resource);
    }
}
