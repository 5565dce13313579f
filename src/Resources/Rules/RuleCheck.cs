namespace PodEngine.Resources.Rules;

/// <summary>Collects the rules that do not hold.</summary>
internal sealed class RuleCheck
{
    private readonly List<SpecFault> faults = [];

    public IReadOnlyList<SpecFault> Faults => faults;

    public void Require(bool holds, string rule, string field)
    {
        if (!holds)
        {
            faults.Add(new SpecFault(field, RuleTexts.All[rule], rule));
        }
    }

    /// <summary>Requires that a value is what it was; a list of distinct names may come in another order.</summary>
    public void Fixed<T>(T now, T before, string rule, string field) => Require(EqualityComparer<T>.Default.Equals(now, before), rule, field);

    /// <inheritdoc cref="Fixed{T}(T, T, string, string)"/>
    public void Fixed(IReadOnlyList<string>? now, IReadOnlyList<string>? before, string rule, string field) => Require(
        (now is null && before is null) || (now is not null && before is not null && now.ToHashSet(StringComparer.Ordinal).SetEquals(before)),
        rule,
        field);
}
