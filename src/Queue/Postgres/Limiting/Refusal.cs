using PodEngine.Queue.Limits;

namespace PodEngine.Queue.Postgres.Limiting;

/// <summary>The database's answer that a demand cannot be met before a time.</summary>
/// <param name="Demand">What was asked for.</param>
/// <param name="Wait">From the answer on.</param>
internal sealed record Refusal(RateDemand Demand, TimeSpan Wait)
{
    /// <summary>True when the answer holds for another demand too: by the same numbers, and not for less.</summary>
    public bool Covers(RateDemand demand) => demand.Limit == Demand.Limit && demand.Permits >= Demand.Permits;
}
