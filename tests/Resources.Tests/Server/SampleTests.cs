using PodEngine.Kit;
using PodEngine.Kit.ControlPlanes;
using PodEngine.Resources.Admission;
using PodEngine.Resources.GenerationModels;
using PodEngine.Resources.InferenceEndpoints;
using PodEngine.Resources.Manifests;
using PodEngine.Resources.PodJobs;
using PodEngine.Resources.WorkerPools;

namespace PodEngine.Resources.Tests.Server;

public sealed class SampleTests
{
    private static readonly string Folder = RepositoryRoot.File("config", "samples");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_samples_are_applied_as_they_are_and_a_second_time_changes_nothing(bool onOldServer)
    {
        var plane = onOldServer ? await ControlPlane.SharedPlainAsync() : await ControlPlane.SharedAsync();
        await using var place = await TestNamespace.CreateAsync(plane);

        var first = (await place.KubectlAsync(["apply", "--validate=false", "-f", Folder])).Expect();
        var second = (await place.KubectlAsync(["apply", "--validate=false", "-f", Folder])).Expect();

        Assert.All(Lines(first), line => Assert.EndsWith(" created", line, StringComparison.Ordinal));
        Assert.All(Lines(second), line => Assert.EndsWith(" unchanged", line, StringComparison.Ordinal));
        Assert.Equal(ManifestFile.Samples.Count, Lines(second).Length);
    }

    [Fact]
    public void There_is_a_sample_of_every_kind()
    {
        Assert.Equal(
            [typeof(GenerationModel), typeof(InferenceEndpoint), typeof(PodJob), typeof(WorkerPool)],
            ReadSamples().Select(sample => sample.Resource.GetType()).Distinct().OrderBy(type => type.Name, StringComparer.Ordinal));
    }

    [Fact]
    public void The_jobs_of_the_samples_are_admitted_with_the_objects_of_the_samples()
    {
        var resources = ReadSamples().Select(sample => sample.Resource).ToList();
        var references = new AdmissionReferences { Pool = resources.OfType<WorkerPool>().Single() };

        Assert.All(resources.OfType<PodJob>(), job => Assert.IsType<AdmissionOutcome.Admitted>(PodJobAdmission.Admit(job, references)));
        Assert.All(resources.OfType<GenerationModel>(), model =>
            Assert.Contains(resources.OfType<InferenceEndpoint>(), endpoint => endpoint.Metadata.Name == model.Spec.EndpointName));
    }

    private static IEnumerable<Manifest> ReadSamples() =>
        Directory.GetFiles(Folder, "*.yaml").SelectMany(path =>
        {
            var reading = ManifestReader.ReadAll(File.ReadAllText(path), Path.GetFileName(path));
            Assert.Empty(reading.Faults);
            return reading.Manifests;
        });

    private static string[] Lines(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
