namespace PodEngine.Queue.Lifecycle;

/// <summary>Refuses reports no store could keep.</summary>
internal static class OutcomeFaults
{
    public static void ThrowIfAny(AttemptOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        switch (outcome)
        {
            case AttemptOutcome.Snoozed snoozed:
                ArgumentOutOfRangeException.ThrowIfLessThan(snoozed.For, TimeSpan.Zero, nameof(outcome));
                break;
            case AttemptOutcome.AwaitingApproval approval:
                ArgumentOutOfRangeException.ThrowIfLessThan(approval.ExpiresAfter, TimeSpan.Zero, nameof(outcome));
                break;
            default:
                break;
        }
    }

    public static void ThrowIfAny(JobProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        ArgumentOutOfRangeException.ThrowIfLessThan(progress.Percent, 0, nameof(progress));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(progress.Percent, 100, nameof(progress));
    }
}
