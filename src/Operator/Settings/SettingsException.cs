namespace PodEngine.Operator.Settings;

/// <summary>The environment does not describe a working operator; every fault is named with its variable.</summary>
internal sealed class SettingsException(IReadOnlyList<string> faults)
    : Exception($"The operator cannot start with these settings:{string.Concat(faults.Select(static fault => $"\n  - {fault}"))}")
{
    /// <summary>One sentence per fault, each beginning with the variable's name.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}
