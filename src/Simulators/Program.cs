using System.Runtime.InteropServices;

namespace PodEngine.Simulators;

internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        SimulatorOptions options;
        try
        {
            options = CommandLine.Read(arguments, Environment.GetEnvironmentVariable);
        }
        catch (FormatException fault)
        {
            await Console.Error.WriteLineAsync($"simulators: {fault.Message}");
            return 2;
        }

        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);

        await using var host = await SimulatorHost.StartAsync(options, CancellationToken.None);
        await Console.Out.WriteLineAsync(
            $"simulators: listening on {host.Url} claude={host.ClaudeUrl} comfyui={host.ComfyUIUrl} runpod={host.RunPodUrl} printify={host.PrintifyUrl}");
        await stop.Task;
        return 0;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.TrySetResult();
        }
    }
}
