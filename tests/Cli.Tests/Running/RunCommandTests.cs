using System.Text.RegularExpressions;
using PodEngine.Kit;

namespace PodEngine.Cli.Tests.Running;

/// <summary><c>podengine run</c> as a process.</summary>
public sealed partial class RunCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Out => Path.Combine(_folder.Path, "out");

    [Fact]
    public async Task The_samples_run_to_their_end_with_pictures_and_a_contact_sheet()
    {
        var (code, lines) = await Podengine.RunAsync(null, "run", "-f", RepositoryRoot.File("config", "samples"), "--simulate", "--out", Out);

        Assert.True(code == 0, string.Join('\n', lines));
        Assert.Equal("run: jobs=3 completed=3 failed=0 images=5 products=8", lines[^1]);
        Assert.Contains(lines, line => line.StartsWith("NAME ", StringComparison.Ordinal));
        Assert.Contains(lines, line => Regex.IsMatch(line, "^cyber-punk +Completed +default +10 +100 +4 +1 +[0-9]+s$"));
        var pictures = Directory.GetFiles(Out, "*.png");
        Assert.Equal(5, pictures.Length);
        Assert.All(pictures, picture => Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a], File.ReadAllBytes(picture).AsSpan(0, 8).ToArray()));
        var shown = PictureSource().Matches(await File.ReadAllTextAsync(Path.Combine(Out, "index.html"), TestContext.Current.CancellationToken)).Select(match => match.Groups[1].Value);
        Assert.Equal(pictures.Select(Path.GetFileName).Order(), shown.Order());
    }

    [Fact]
    public async Task A_bad_manifest_is_named_by_file_line_and_field_and_nothing_runs()
    {
        var pool = _folder.Write("pool.yaml", Texts.Pool);
        var good = _folder.Write("good.yaml", Texts.Job("good"));
        var bad = _folder.Write("bad.yaml", Texts.Job("bad", "{theme: cats, productTypes: [mug], count: 101}"));

        var (code, lines) = await Podengine.RunAsync(null, "run", "-f", pool, "-f", good, "-f", bad, "--simulate", "--out", Out);

        Assert.Equal(2, code);
        Assert.Equal("Nothing was run. Mend this first:", lines[0]);
        Assert.StartsWith($"  {bad}:5: PodJob bad: spec.design.count: ", Assert.Single(lines.Skip(1)), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Out));
    }

    [Fact]
    public async Task Manifests_without_a_job_and_an_out_folder_that_cannot_be_made_are_told()
    {
        var pool = _folder.Write("pool.yaml", Texts.Pool);
        var job = _folder.Write("job.yaml", Texts.Job("job"));

        var (none, noJob) = await Podengine.RunAsync(null, "run", "-f", pool, "--simulate", "--out", Out);
        var (nowhere, noFolder) = await Podengine.RunAsync(null, "run", "-f", pool, "-f", job, "--simulate", "--out", Path.Combine(pool, "out"));

        Assert.Equal((2, 2), (none, nowhere));
        Assert.Contains("no PodJob", Assert.Single(noJob), StringComparison.Ordinal);
        Assert.Contains("pictures cannot be put there", noFolder[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Required command was not provided.")]
    [InlineData("'--frobnicate'", "run", "-f", "x", "--frobnicate")]
    [InlineData("--file", "run")]
    public async Task A_command_line_that_makes_no_sense_ends_with_help(string said, params string[] arguments)
    {
        var (code, lines) = await Podengine.RunAsync(null, arguments);

        Assert.Equal(2, code);
        Assert.Contains(lines, line => line.Contains(said, StringComparison.Ordinal));
        Assert.Contains("Usage:", lines);
    }

    [Fact]
    public async Task An_interrupted_run_ends_with_130_and_leaves_nothing_behind()
    {
        var pool = _folder.Write("pool.yaml", Texts.Pool);
        var job = _folder.Write("job.yaml", Texts.Job("many", "{prompt: a cat, productTypes: [mug], count: 100}"));
        await using var run = await Podengine.StartAsync(null, "run", "-f", pool, "-f", job, "--simulate", "--out", Out);
        await run.WaitForLineAsync(line => line.Contains("Processing", StringComparison.Ordinal), Podengine.Patience);
        var children = await File.ReadAllTextAsync($"/proc/{run.Id}/task/{run.Id}/children", TestContext.Current.CancellationToken);

        run.Interrupt();

        Assert.Equal(130, await run.WaitForExitAsync(Podengine.Patience));
        Assert.Equal("", children);
        Assert.Equal("Interrupted.", run.Lines[^1]);
        Assert.DoesNotContain(run.Lines, line => line.StartsWith("run:", StringComparison.Ordinal) || line.Contains("   at ", StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    [GeneratedRegex("<img src=\"([^\"]+)\"")]
    private static partial Regex PictureSource();
}
