using PodEngine.Resources.Rules;

namespace PodEngine.Operator.Statuses;

/// <summary>Text of conditions, as long as the API server takes it.</summary>
internal static class ConditionMessage
{
    private const int Longest = 32_768;

    /// <summary>All faults of a spec, each with its field.</summary>
    public static string Of(IReadOnlyList<SpecFault> faults) =>
        Bounded(faults.Count == 1 ? faults[0].ToString() : string.Join("; ", faults.Select(static (fault, index) => $"({index + 1}) {fault}")));

    /// <summary>The text, cut where it is too long.</summary>
    public static string Bounded(string text) => text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Longest - 1), "…");
}
