using System.Text.Json.Nodes;
using PodEngine.Resources.Manifests;
using PodEngine.Resources.Rules;

namespace PodEngine.Resources.Tests.Manifests;

public sealed class ManifestValidatorTests
{
    [Fact]
    public void Every_wrong_manifest_is_refused_with_the_field_and_the_words_of_the_rule()
    {
        var complaints = ManifestFile.Corpus.Select(file =>
        {
            var verdict = ManifestValidator.Validate(file.New, file.Old);
            var meant = verdict.Faults.Count(fault => fault.Field == file.Field && (file.Message is null ? fault.Rule is null : fault.Message == file.Message && fault.Rule is not null));
            return verdict.Resource is null && meant == 1 ? null : $"{file.Name}: {string.Join("; ", verdict.Faults)}";
        }).OfType<string>();

        Assert.Empty(complaints);
    }

    [Fact]
    public void Every_sound_manifest_is_accepted_as_a_record()
    {
        Assert.All(ManifestFile.Valid, file =>
        {
            var verdict = ManifestValidator.Validate(file.New, file.Old);
            Assert.Empty(verdict.Faults);
            Assert.NotNull(verdict.Resource);
        });
    }

    [Fact]
    public void The_corpus_is_large_and_breaks_every_rule()
    {
        Assert.InRange(ManifestFile.Corpus.Count, 120, int.MaxValue);
        Assert.Empty(RuleTexts.All.Values.Except(ManifestFile.Corpus.Select(file => file.Message)));
    }

    [Fact]
    public void All_faults_are_reported_at_once()
    {
        var manifest = Read("""
            {"apiVersion": "podengine.io/v1alpha1", "kind": "PodJob", "metadata": {"name": "Bad_Name"},
             "spec": {"priority": 2000, "design": {"productTypes": [], "prompt": "a cat", "theme": "cats"}, "execution": {"modelName": "m"}}}
            """);

        var verdict = ManifestValidator.Validate(manifest);

        Assert.Equal(
            ["metadata.name", "spec", "spec.design.productTypes", "spec.design.prompt", "spec.priority"],
            verdict.Faults.Select(fault => fault.Field).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("promt", "unknown field spec.design.promt, did you mean prompt?")]
    [InlineData("productType", "unknown field spec.design.productType, did you mean productTypes?")]
    [InlineData("AutoPublish", "unknown field spec.design.AutoPublish, did you mean autoPublish?")]
    public void An_unknown_field_is_told_its_nearest_neighbour(string written, string message)
    {
        var manifest = Read("""
            {"apiVersion": "podengine.io/v1alpha1", "kind": "PodJob", "metadata": {"name": "a"}, "spec": {"design": {"productTypes": ["mug"]}}}
            """);
        manifest["spec"]!["design"]![written] = "x";

        Assert.Equal(message, Assert.Single(ManifestValidator.Validate(manifest).Faults).Message);
    }

    [Fact]
    public void An_unknown_field_without_a_neighbour_is_told_what_there_is()
    {
        var manifest = Read("""
            {"apiVersion": "podengine.io/v1alpha1", "kind": "PodJob", "metadata": {"name": "a"},
             "spec": {"design": {"productTypes": ["mug"], "approval": {"whenever": 1}}}}
            """);

        Assert.Equal(
            "unknown field spec.design.approval.whenever; known here are mode, expireSeconds, decision",
            Assert.Single(ManifestValidator.Validate(manifest).Faults).Message);
    }

    [Theory]
    [InlineData("Podjob", "podengine.io/v1alpha1", "kind")]
    [InlineData("Deployment", "apps/v1", "kind")]
    [InlineData("PodJob", "podengine.io/v1", "apiVersion")]
    [InlineData("PodJob", null, "apiVersion")]
    public void Other_kinds_and_versions_are_refused(string kind, string? apiVersion, string field)
    {
        var manifest = new JsonObject { ["apiVersion"] = apiVersion, ["kind"] = kind, ["metadata"] = Read("""{"name": "a"}"""), ["spec"] = Read("""{"design": {"productTypes": ["mug"]}}""") };

        Assert.Equal(field, Assert.Single(ManifestValidator.Validate(manifest).Faults).Field);
    }

    [Fact]
    public void The_status_of_an_exported_manifest_is_dropped_and_the_manifest_handed_in_stays_as_it_is()
    {
        var manifest = Read("""
            {"apiVersion": "podengine.io/v1alpha1", "kind": "PodJob", "metadata": {"name": "a"}, "spec": {"design": {"productTypes": ["mug"]}}, "status": {"phase": "Odd"}}
            """);

        var verdict = ManifestValidator.Validate(manifest);

        Assert.Empty(verdict.Faults);
        Assert.False(verdict.Manifest.ContainsKey("status"));
        Assert.Equal("Odd", (string?)manifest["status"]!["phase"]);
        Assert.Null(manifest["spec"]!["priority"]);
    }

    private static JsonObject Read(string json) => (JsonObject)JsonNode.Parse(json)!;
}
