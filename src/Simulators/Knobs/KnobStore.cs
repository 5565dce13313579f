namespace PodEngine.Simulators.Knobs;

/// <summary>The present knobs; written by the control interface, read by every request.</summary>
internal sealed class KnobStore(SimulatorKnobs initial)
{
    private volatile SimulatorKnobs current = initial;

    /// <summary>Raised after a replacement, on the thread that made it.</summary>
    public event Action<SimulatorKnobs>? Replaced;

    public SimulatorKnobs Current => current;

    public void Replace(SimulatorKnobs knobs)
    {
        current = knobs;
        Replaced?.Invoke(knobs);
    }
}
