namespace PodEngine.Queue.Tests.Model;

/// <summary>What an exhaustive search found.</summary>
/// <param name="States">How many different states there are, or were until a fault was found.</param>
/// <param name="Steps">How many steps between them.</param>
/// <param name="Fault">The promise that was broken; null when all hold everywhere.</param>
/// <param name="Path">The shortest way there, step by step; empty when nothing was found.</param>
internal sealed record SearchResult(int States, int Steps, string? Fault, IReadOnlyList<string> Path)
{
    public override string ToString() => Fault is null
        ? $"{States} states, {Steps} steps: every promise holds"
        : $"after {States} states: {Fault}\n{string.Join('\n', Path.Select((step, index) => $"  {index + 1}. {step}"))}";
}
