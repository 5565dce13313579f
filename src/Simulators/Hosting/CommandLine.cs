using System.Globalization;
using PodEngine.Simulators.Knobs;

namespace PodEngine.Simulators;

/// <summary>Reads <c>--urls</c>, <c>--knobs file.json</c> and the <c>SIMULATOR_…</c> variables.</summary>
internal static class CommandLine
{
    public static SimulatorOptions Read(IReadOnlyList<string> arguments, Func<string, string?> environment)
    {
        var url = environment("SIMULATOR_URLS") ?? "http://127.0.0.1:8090";
        var knobs = new SimulatorKnobs();
        for (var i = 0; i < arguments.Count; i += 2)
        {
            var value = i + 1 < arguments.Count
                ? arguments[i + 1]
                : throw new FormatException($"{arguments[i]} needs a value. Usage: --urls http://127.0.0.1:8090 --knobs knobs.json");
            switch (arguments[i])
            {
                case "--urls": url = value; break;
                case "--knobs": knobs = ReadKnobs(value, knobs); break;
                default: throw new FormatException($"unknown argument {arguments[i]}. Usage: --urls http://127.0.0.1:8090 --knobs knobs.json");
            }
        }

        return new SimulatorOptions { Url = url, Knobs = Apply(knobs, environment) };
    }

    private static SimulatorKnobs ReadKnobs(string path, SimulatorKnobs current)
    {
        try
        {
            return KnobDocument.Merge(current, KnobDocument.Parse(File.ReadAllText(path)));
        }
        catch (Exception fault) when (fault is IOException or System.Text.Json.JsonException or UnauthorizedAccessException)
        {
            throw new FormatException($"cannot read knobs from {path}: {fault.Message}", fault);
        }
    }

    private static SimulatorKnobs Apply(SimulatorKnobs knobs, Func<string, string?> environment)
    {
        return knobs with
        {
            FaultSeed = Number("SIMULATOR_FAULT_SEED", knobs.FaultSeed),
            Claude = knobs.Claude with { LatencyMs = Number("SIMULATOR_CLAUDE_LATENCY_MS", knobs.Claude.LatencyMs) },
            ComfyUI = knobs.ComfyUI with { LatencyMs = Number("SIMULATOR_LATENCY_MS", knobs.ComfyUI.LatencyMs) },
            RunPod = knobs.RunPod with { LatencyMs = Number("SIMULATOR_RUNPOD_LATENCY_MS", knobs.RunPod.LatencyMs) },
            Printify = knobs.Printify with { LatencyMs = Number("SIMULATOR_PRINTIFY_LATENCY_MS", knobs.Printify.LatencyMs) },
        };

        int Number(string name, int otherwise) => environment(name) switch
        {
            null or "" => otherwise,
            var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
            var text => throw new FormatException($"{name} must be a whole number, not '{text}'"),
        };
    }
}
