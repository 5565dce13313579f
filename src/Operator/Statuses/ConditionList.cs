using PodEngine.Kubernetes.Objects;

namespace PodEngine.Operator.Statuses;

/// <summary>
/// Builds the conditions of a status in a fixed order from those it had, keeping the time of what did not flip. What is not stated again is dropped.
/// </summary>
internal sealed class ConditionList(IReadOnlyList<Condition>? earlier, long observedGeneration, DateTimeOffset now)
{
    private readonly List<Condition> conditions = [];

    /// <summary>States a condition.</summary>
    public ConditionList With(string type, string status, string reason, string message)
    {
        var stated = new Condition { Type = type, Status = status, Reason = reason, Message = message, ObservedGeneration = observedGeneration };
        var since = Conditions.Find(earlier, type);
        conditions.AddRange(Conditions.Set(since is null ? [] : [since], stated, now));
        return this;
    }

    /// <summary>The conditions in the order stated.</summary>
    public IReadOnlyList<Condition> ToList() => [.. conditions];
}
