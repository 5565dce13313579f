namespace PodEngine.Kubernetes;

/// <summary>Allows a burst, then one more per interval. Not safe for many threads; times are its owner's monotonic ones.</summary>
internal sealed class TokenBucket(int burst, TimeSpan interval, TimeSpan now)
{
    private double tokens = burst;
    private TimeSpan filledAt = now;

    /// <summary>Whether it is as full as a new one, so that it can be forgotten.</summary>
    public bool IsFull(TimeSpan time) => Fill(time) >= burst;

    /// <summary>Takes a token if there is one.</summary>
    public bool TryTake(TimeSpan time)
    {
        tokens = Fill(time);
        filledAt = time;
        if (tokens < 1)
        {
            return false;
        }

        tokens--;
        return true;
    }

    /// <summary>Takes a token that may still be to come; returns how long until it is there.</summary>
    public TimeSpan Reserve(TimeSpan time)
    {
        (tokens, filledAt) = (Fill(time) - 1, time);
        return tokens >= 0 ? TimeSpan.Zero : interval * -tokens;
    }

    private double Fill(TimeSpan time) => Math.Min(burst, tokens + ((time - filledAt) / interval));
}
