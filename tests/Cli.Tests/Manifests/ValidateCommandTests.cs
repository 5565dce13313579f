using PodEngine.Kit;

namespace PodEngine.Cli.Tests.Manifests;

/// <summary><c>podengine validate</c> as a process.</summary>
public sealed class ValidateCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task The_samples_are_valid()
    {
        var (code, lines) = await Podengine.RunAsync(null, "validate", "-f", RepositoryRoot.File("config", "samples"));

        Assert.Equal(0, code);
        Assert.Equal($"{Directory.GetFiles(RepositoryRoot.File("config", "samples")).Length} valid, 0 faults", Assert.Single(lines));
    }

    [Fact]
    public async Task Every_fault_of_every_file_is_told()
    {
        var first = _folder.Write("a.yaml", Texts.Job("a", "{theme: cats, productTypes: [], count: 0}"));
        var second = _folder.Write("b.yaml", "kind: [");

        var (code, lines) = await Podengine.RunAsync(null, "validate", "-f", _folder.Path);

        Assert.Equal(2, code);
        Assert.Equal("0 valid, 3 faults", lines.Single(line => line.EndsWith("faults", StringComparison.Ordinal)));
        Assert.Equal(2, lines.Count(line => line.StartsWith($"{first}:5: PodJob a: spec.design.", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.StartsWith($"{second}:", StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();
}
