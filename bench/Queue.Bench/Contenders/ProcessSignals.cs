using System.ComponentModel;
using System.Runtime.InteropServices;

namespace PodEngine.Queue.Bench.Contenders;

/// <summary>Sends signals to processes the bench started.</summary>
internal static partial class ProcessSignals
{
    public static void Send(int process, ProcessSignal signal)
    {
        if (Kill(process, (int)signal) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);
}
