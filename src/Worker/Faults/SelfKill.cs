using System.Diagnostics;

namespace PodEngine.Worker.Faults;

/// <summary>
/// For tests of what a lost worker leaves behind: ends the own process by SIGKILL at one named point of the pipeline, exactly between two recorded
/// actions. Nothing is flushed, answered or cleaned up, as when the kernel or a power cut takes a worker.
/// </summary>
internal static class SelfKill
{
    /// <summary>Kills this process now.</summary>
    public static void Now()
    {
        using var self = Process.GetCurrentProcess();
        // SIGKILL on Unix: nothing below this line runs, in no thread.
        self.Kill();
        throw new UnreachableException("A process outlived its own SIGKILL.");
    }
}
