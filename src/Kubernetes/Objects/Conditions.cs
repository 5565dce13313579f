namespace PodEngine.Kubernetes.Objects;

/// <summary>
/// Pure operations on a list of conditions. Time moves only when a status flips: operators that stamp every pass wake themselves by
/// their own writes and never rest.
/// </summary>
public static class Conditions
{
    /// <summary>
    /// The list with <paramref name="condition"/> in it, in the place of the earlier one of its type or else at the end. Its
    /// <see cref="Condition.LastTransitionTime"/> is <paramref name="now"/> in whole seconds where the status is new, the earlier one otherwise.
    /// </summary>
    public static IReadOnlyList<Condition> Set(IReadOnlyList<Condition>? conditions, Condition condition, DateTimeOffset now)
    {
        var earlier = Find(conditions, condition.Type);
        var changedAt = earlier is not null && earlier.Status == condition.Status ? earlier.LastTransitionTime : KubernetesTime.WholeSeconds(now);
        var current = condition with { LastTransitionTime = changedAt };
        return earlier is null ? [.. conditions ?? [], current] : [.. conditions!.Select(each => each.Type == condition.Type ? current : each)];
    }

    /// <summary>The list without the condition of a type.</summary>
    public static IReadOnlyList<Condition> Remove(IReadOnlyList<Condition>? conditions, string type) =>
        [.. (conditions ?? []).Where(each => each.Type != type)];

    /// <summary>The condition of a type, or null.</summary>
    public static Condition? Find(IReadOnlyList<Condition>? conditions, string type) => conditions?.FirstOrDefault(each => each.Type == type);

    /// <summary>Whether the condition of a type is there and <c>True</c>.</summary>
    public static bool IsTrue(IReadOnlyList<Condition>? conditions, string type) => Find(conditions, type)?.Status == ConditionStatus.True;
}
