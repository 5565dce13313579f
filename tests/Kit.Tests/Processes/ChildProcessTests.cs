using PodEngine.Kit.Processes;
using Xunit.Sdk;

namespace PodEngine.Kit.Tests.Processes;

public sealed class ChildProcessTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lines_of_both_streams_are_captured_and_can_be_waited_for()
    {
        await using var child = await ChildProcess.StartAsync(
            "bash", ["-c", "echo ready $GREETING; echo oops >&2; exit 3"], new Dictionary<string, string?> { ["GREETING"] = "there" });
        Assert.Equal("ready there", await child.WaitForLineAsync(line => line.StartsWith("ready", StringComparison.Ordinal)));
        await child.WaitForLineAsync(line => line == "oops");
        Assert.Equal(3, await child.WaitForExitAsync());
    }

    [Fact]
    public async Task Waiting_for_a_line_of_a_program_that_ended_fails_with_what_it_said()
    {
        await using var child = await ChildProcess.StartAsync("bash", ["-c", "echo the port is taken"]);
        var failure = await Assert.ThrowsAsync<XunitException>(() => child.WaitForLineAsync(line => line == "ready"));
        Assert.Contains("the port is taken", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_terminated_program_may_clean_up_and_a_killed_one_may_not()
    {
        const string Script = "trap 'echo cleaning; exit 7' TERM; echo ready; while :; do sleep 0.05; done";
        await using var asked = await ChildProcess.StartAsync("bash", ["-c", Script]);
        await using var killed = await ChildProcess.StartAsync("bash", ["-c", Script]);
        await asked.WaitForLineAsync(line => line == "ready");
        await killed.WaitForLineAsync(line => line == "ready");

        asked.Terminate();
        killed.Kill();

        Assert.Equal(7, await asked.WaitForExitAsync());
        Assert.Equal(128 + 9, await killed.WaitForExitAsync());
        Assert.DoesNotContain("cleaning", killed.Lines);
    }

    [Fact]
    public async Task A_stopped_program_says_nothing_until_it_continues()
    {
        await using var child = await ChildProcess.StartAsync("bash", ["-c", "while :; do echo tick; sleep 0.02; done"]);
        await child.WaitForLineAsync(line => line == "tick");
        child.Stop();
        await Eventually.Holds(() => File.ReadAllText($"/proc/{child.Id}/stat").Contains(") T ", StringComparison.Ordinal), because: "it is stopped");
        var before = child.Lines.Count;
        child.Continue();
        await Eventually.Holds(() => child.Lines.Count > before + 2, because: "it ticks again");
    }

    [Fact]
    public async Task A_child_goes_when_the_process_that_started_it_is_killed()
    {
        // setpriv is what ties a child to its parent; here a shell stands for the test host.
        await using var host = await ChildProcess.StartAsync("bash", ["-c", "setpriv --pdeathsig KILL sleep 300 & echo $!; wait"]);
        var grandchild = await host.WaitForLineAsync(_ => true);
        await Eventually.Holds(() => File.ReadAllText($"/proc/{grandchild}/comm").Trim() == "sleep", because: "it runs");
        host.Kill();
        await Eventually.Holds(() => !IsRunning(grandchild), because: "the grandchild is gone");
    }

    private static bool IsRunning(string pid) =>
        File.Exists($"/proc/{pid}/stat") && !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);
}
