using System.Diagnostics;
using PodEngine.Queue.Bench.Measuring;

namespace PodEngine.Queue.Bench.Tests.Measuring;

public sealed class ProcessCpuTests
{
    [Fact]
    public void Work_of_this_process_is_counted()
    {
        var before = ProcessCpu.Of(Environment.ProcessId);
        using var self = Process.GetCurrentProcess();
        while (self.TotalProcessorTime - before < TimeSpan.FromMilliseconds(50))
        {
            self.Refresh();
        }

        Assert.InRange(ProcessCpu.Of(Environment.ProcessId) - before, TimeSpan.FromMilliseconds(20), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Work_of_children_that_ended_stays_counted()
    {
        var before = ProcessCpu.OfFamily(Environment.ProcessId);
        using var child = Process.Start(new ProcessStartInfo("bash", ["-c", "i=0; while [ $i -lt 200000 ]; do i=$((i + 1)); done"]))!;
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(ProcessCpu.OfFamily(Environment.ProcessId) - before > TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void A_process_that_is_gone_has_used_nothing()
    {
        Assert.Equal(TimeSpan.Zero, ProcessCpu.Of(int.MaxValue));
    }
}
