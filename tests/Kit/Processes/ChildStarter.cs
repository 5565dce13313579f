using System.Collections.Concurrent;
using System.Diagnostics;

namespace PodEngine.Kit.Processes;

/// <summary>
/// Starts children from one thread that lives as long as the process. The kernel sends a child its parent-death signal when the <em>thread</em>
/// that forked it ends, and threads of the pool come and go.
/// </summary>
internal static class ChildStarter
{
    private static readonly BlockingCollection<Action> _starts = CreateThread();

    public static Task<Process> StartAsync(ProcessStartInfo start)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        _starts.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(start) ?? throw new InvalidOperationException($"could not start {start.FileName}"));
            }
            catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
            {
                started.SetException(exception);
            }
        });
        return started.Task;
    }

    private static BlockingCollection<Action> CreateThread()
    {
        var starts = new BlockingCollection<Action>();
        var thread = new Thread(() =>
        {
            foreach (var start in starts.GetConsumingEnumerable())
            {
                start();
            }
        })
        { IsBackground = true, Name = "child starter" };
        thread.Start();
        return starts;
    }
}
