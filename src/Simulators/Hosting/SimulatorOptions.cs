using PodEngine.Simulators.Knobs;

namespace PodEngine.Simulators;

/// <summary>How the simulators are started.</summary>
public sealed class SimulatorOptions
{
    /// <summary>Address to listen on; port 0 (the default, on loopback) takes a free one.</summary>
    public string Url { get; init; } = "http://127.0.0.1:0";

    /// <summary>Behaviour at the start, and again after a reset.</summary>
    public SimulatorKnobs Knobs { get; init; } = new();

    /// <summary>The clock behind every latency, window and expiry.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
