using PodEngine.Shared.Pools;
using PodEngine.Simulators;

namespace PodEngine.Cli.Running;

/// <summary>Claude, ComfyUI and Printify, simulated in this process behind real HTTP: pools are pointed at them and given keys they accept.</summary>
internal sealed class SimulatedServices : IAsyncDisposable
{
    private readonly SimulatorHost _host;

    private SimulatedServices(SimulatorHost host) => _host = host;

    /// <summary>Starts them on a free port of the loopback.</summary>
    public static async Task<SimulatedServices> StartAsync(CancellationToken cancellationToken) =>
        new(await SimulatorHost.StartAsync(new SimulatorOptions(), cancellationToken));

    /// <summary>A key by the name of its environment variable.</summary>
    public static string? Credentials(string name) => $"simulated-{name}";

    /// <summary>A pool's settings with every outside service replaced by its simulation.</summary>
    public PoolSettings Redirect(PoolSettings settings) => settings with
    {
        ClaudeBaseUrl = _host.ClaudeUrl,
        ComfyUiUrls = [_host.ComfyUIUrl],
        PrintifyBaseUrl = _host.PrintifyUrl,
        RunPod = null,
    };

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
