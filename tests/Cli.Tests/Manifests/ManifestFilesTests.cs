using PodEngine.Cli.Manifests;

namespace PodEngine.Cli.Tests.Manifests;

public sealed class ManifestFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_folder_is_read_in_name_order_and_other_files_in_it_are_passed_over()
    {
        _folder.Write("20-b.yml", Texts.Job("b"));
        _folder.Write("10-a.yaml", $"{Texts.Job("a1")}\n---\n{Texts.Job("a2")}");
        _folder.Write("30-c.JSON", """{"apiVersion":"podengine.io/v1alpha1","kind":"PodJob","metadata":{"name":"c"},"spec":{"design":{"theme":"cats","productTypes":["mug"]}}}""");
        _folder.Write("15-notes.txt", "kind: Nonsense");

        var reading = await ManifestFiles.ReadAsync([_folder.Path], TestContext.Current.CancellationToken);

        Assert.Empty(reading.Faults);
        Assert.Equal(["a1", "a2", "b", "c"], reading.Manifests.Select(manifest => manifest.Resource.Metadata.Name));
    }

    [Fact]
    public async Task Files_are_read_in_the_order_they_are_named()
    {
        var (first, second) = (_folder.Write("z.yaml", Texts.Job("z")), _folder.Write("a.yaml", Texts.Job("a")));

        var reading = await ManifestFiles.ReadAsync([first, second], TestContext.Current.CancellationToken);

        Assert.Equal(["z", "a"], reading.Manifests.Select(manifest => manifest.Resource.Metadata.Name));
    }

    [Fact]
    public async Task A_missing_file_and_an_empty_folder_are_faults_beside_those_of_the_others()
    {
        var bad = _folder.Write("bad.yaml", Texts.Job("bad", "{theme: cats, productTypes: [mug], count: 0}"));
        var empty = Directory.CreateDirectory(Path.Combine(_folder.Path, "empty")).FullName;
        var missing = Path.Combine(_folder.Path, "missing.yaml");

        var reading = await ManifestFiles.ReadAsync([missing, empty, bad], TestContext.Current.CancellationToken);

        Assert.Equal([missing, empty, bad], reading.Faults.Select(fault => fault.SourceName));
        Assert.All(reading.Faults.Take(2), fault => Assert.Contains("there is no such file, or the folder holds no", fault.ToString(), StringComparison.Ordinal));
        Assert.StartsWith($"{bad}:5: PodJob bad: spec.design.count: ", reading.Faults[2].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_a_fault()
    {
        var reading = await ManifestFiles.ReadAsync(["/proc/self/mem"], TestContext.Current.CancellationToken);

        Assert.Contains("it cannot be read", Assert.Single(reading.Faults).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
