namespace PodEngine.Queue.Limits;

/// <summary>What one action takes of one rate limit.</summary>
/// <param name="Key">The limit.</param>
/// <param name="Limit">Its numbers, the same for everybody who uses the key.</param>
/// <param name="Permits">How many permits, from 1 to what the limit has; default 1.</param>
public sealed record RateDemand(LimitKey Key, RateLimit Limit, int Permits = 1)
{
    /// <summary>From 1 to what the limit has.</summary>
    public int Permits { get; } = Permits >= 1 && Permits <= Limit.Permits
        ? Permits
        : throw new ArgumentOutOfRangeException(nameof(Permits), Permits, $"A demand is for 1 to {Limit.Permits} permits, which is all that the limit of {Key} has.");

    /// <summary>Throws when demands that are to be met together name a key twice.</summary>
    internal static void ThrowIfAmbiguous(IReadOnlyList<RateDemand> demands)
    {
        ArgumentNullException.ThrowIfNull(demands);
        if (demands.Count > 1 && demands.Select(demand => demand.Key).Distinct().Count() < demands.Count)
        {
            throw new ArgumentException("A key is named twice. Add up what is wanted of it.", nameof(demands));
        }
    }
}
