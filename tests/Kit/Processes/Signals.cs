using System.Runtime.InteropServices;

namespace PodEngine.Kit.Processes;

/// <summary>kill(2), which .NET offers for SIGKILL only. Numbers are Linux's.</summary>
internal static partial class Signals
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendNative(int pid, int signal);

    public static void Send(int pid, int signal)
    {
        if (SendNative(pid, signal) != 0)
        {
            throw new InvalidOperationException($"kill({pid}, {signal}) failed with errno {Marshal.GetLastPInvokeError()}");
        }
    }
}
