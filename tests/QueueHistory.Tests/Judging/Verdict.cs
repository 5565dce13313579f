namespace PodEngine.QueueHistory.Tests.Judging;

/// <summary>What a history shows.</summary>
public sealed record Verdict
{
    /// <summary>Broken promises, in words; empty when all were kept.</summary>
    public IReadOnlyList<string> Violations { get; init; } = [];

    /// <summary>Claims that workers learnt of.</summary>
    public int Claims { get; init; }

    /// <summary>Writes and outcomes sent under an older token, after a newer claim of the job was known.</summary>
    public int StaleSent { get; init; }

    /// <summary>Those of them that were accepted; each is a violation.</summary>
    public int StaleAccepted { get; init; }

    /// <summary>Writes and outcomes that were refused, stale when they were sent or when they arrived.</summary>
    public int Refused { get; init; }

    /// <summary>Outcomes to which no answer came, at least once.</summary>
    public int Unanswered { get; init; }

    /// <summary>Jobs whose end is known from the store alone: the answer to the outcome that ended them was lost.</summary>
    public int ResolvedFromStore { get; init; }

    /// <summary>Both together.</summary>
    public static Verdict operator +(Verdict left, Verdict right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new Verdict
        {
            Violations = [.. left.Violations, .. right.Violations],
            Claims = left.Claims + right.Claims,
            StaleSent = left.StaleSent + right.StaleSent,
            StaleAccepted = left.StaleAccepted + right.StaleAccepted,
            Refused = left.Refused + right.Refused,
            Unanswered = left.Unanswered + right.Unanswered,
            ResolvedFromStore = left.ResolvedFromStore + right.ResolvedFromStore,
        };
    }
}
