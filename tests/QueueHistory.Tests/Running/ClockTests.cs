using System.Globalization;
using System.Text.RegularExpressions;
using PodEngine.Kit.Processes;

namespace PodEngine.QueueHistory.Tests.Running;

/// <summary>The fault is real: the wall clocks of such workers are off, and only those.</summary>
public partial class ClockTests
{
    [Theory]
    [InlineData(10)]
    [InlineData(-10)]
    public async Task A_worker_whose_wall_clock_is_off_waits_as_long_as_others(int minutes)
    {
        var offset = TimeSpan.FromMinutes(minutes);
        await using var worker = await ChildProcess.StartAsync(ChildProcess.TestExecutable("QueueWorker"), [], ClockOffset.Environment(offset));

        var clocks = Clocks().Match(await worker.WaitForLineAsync(line => Clocks().IsMatch(line)));

        var wall = DateTimeOffset.Parse(clocks.Groups["wall"].Value, CultureInfo.InvariantCulture);
        var shown = wall - TimeProvider.System.GetUtcNow();
        Assert.InRange(shown, offset - TimeSpan.FromMinutes(2), offset + TimeSpan.FromMinutes(2));

        // It waits for 500 ms, which the runtime counts in the kernel's coarse ticks: a few may be missing at either end.
        Assert.True(int.Parse(clocks.Groups["waited"].Value, CultureInfo.InvariantCulture) >= 490, clocks.Value);
    }

    [GeneratedRegex(@"^waited (?<waited>\d+) ms; wall clock (?<wall>\S+)$")]
    private static partial Regex Clocks();
}
