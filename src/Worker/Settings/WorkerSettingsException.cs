namespace PodEngine.Worker.Settings;

/// <summary>The environment does not make a worker.</summary>
/// <param name="faults">All faults, each with the variable's name and what to do.</param>
public sealed class WorkerSettingsException(IReadOnlyList<string> faults)
    : Exception($"The worker cannot start:{Environment.NewLine}{string.Join(Environment.NewLine, faults.Select(fault => $"  - {fault}"))}")
{
    /// <summary>All faults.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}
