using PodEngine.Kit.Processes;

namespace PodEngine.Kit.Tests.Processes;

public sealed class EngServerTests
{
    [Fact]
    public async Task A_server_whose_owner_was_killed_ends_and_leaves_nothing_behind()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("pod-engine-owner-").FullName;
        await using var owner = await ChildProcess.StartAsync("sleep", ["300"]);
        var start = await Command.RunAsync(
            RepositoryRoot.File("eng", "postgres", "start.sh"), [folder, "--owner", $"{owner.Id}"], cancellationToken: cancellationToken);
        start.Expect();
        var postmaster = (await File.ReadAllTextAsync(Path.Combine(folder, "run", "postgres.pid"), cancellationToken)).Split(' ')[0];
        Assert.True(Directory.Exists($"/proc/{postmaster}"));

        owner.Kill();

        await Eventually.Holds(() => !Directory.Exists(folder) && !Directory.Exists($"/proc/{postmaster}"), because: "the server and its folder are gone");
    }
}
