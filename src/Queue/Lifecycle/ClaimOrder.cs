namespace PodEngine.Queue.Lifecycle;

/// <summary>The one order jobs are claimed in: by claim key, then by insertion.</summary>
internal static class ClaimOrder
{
    /// <summary>
    /// How much waiting outweighs one step of priority. Subtracted once from the due time, so ageing needs no upkeep: a job of priority 0 that has
    /// waited longer than 10 minutes goes before a new one of priority 10.
    /// </summary>
    public static readonly TimeSpan PriorityStep = TimeSpan.FromSeconds(60);
}
