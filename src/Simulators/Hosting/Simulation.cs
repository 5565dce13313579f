using System.Text.Json.Nodes;
using PodEngine.Simulators.Claude;
using PodEngine.Simulators.ComfyUI;
using PodEngine.Simulators.Faults;
using PodEngine.Simulators.Knobs;
using PodEngine.Simulators.Printify;
using PodEngine.Simulators.RunPod;

namespace PodEngine.Simulators;

/// <summary>The state of the four services and of the faults waiting to happen.</summary>
internal sealed class Simulation : IAsyncDisposable
{
    private const int ComfyServerCount = 4;

    private readonly SimulatorKnobs initial;
    private readonly CancellationTokenSource stopping = new();

    public Simulation(SimulatorKnobs knobs, TimeProvider time)
    {
        initial = knobs;
        Time = time;
        Knobs = new KnobStore(knobs);
        Faults = new FaultScript(Knobs);
        Traffic = new TrafficCounts();
        Claude = new ClaudeState(Knobs, time);
        ComfyServers =
        [
            .. Enumerable.Range(1, ComfyServerCount).Select(number => new ComfyServer(number == 1 ? "/comfyui" : $"/comfyui{number}", Knobs, time)),
        ];
        RunPod = new RunPodState(Knobs, time);
        Printify = new PrintifyState(Knobs, time);
    }

    public TimeProvider Time { get; }

    public KnobStore Knobs { get; }

    public FaultScript Faults { get; }

    public TrafficCounts Traffic { get; }

    public ClaudeState Claude { get; }

    public IReadOnlyList<ComfyServer> ComfyServers { get; }

    public RunPodState RunPod { get; }

    public PrintifyState Printify { get; }

    /// <summary>Cancelled when the simulators end, so that hanging answers let go.</summary>
    public CancellationToken Stopping => stopping.Token;

    public JsonObject ReadLedger() => new()
    {
        ["claude"] = Traffic.AddTo("claude", Claude.ReadLedger()),
        ["comfyui"] = Traffic.AddTo("comfyui", ComfyLedger.Read(ComfyServers)),
        ["runpod"] = Traffic.AddTo("runpod", RunPod.ReadLedger()),
        ["printify"] = Traffic.AddTo("printify", Printify.ReadLedger()),
    };

    public void Reset()
    {
        Knobs.Replace(initial);
        Faults.Clear();
        Traffic.Clear();
        Claude.Reset();
        foreach (var server in ComfyServers)
        {
            server.Reset();
        }

        RunPod.Reset();
        Printify.Reset();
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        foreach (var server in ComfyServers)
        {
            await server.DisposeAsync();
        }

        await RunPod.DisposeAsync();
        Printify.Dispose();
        stopping.Dispose();
    }
}
