namespace PodEngine.Kubernetes.Recording;

/// <summary>Allows a burst, then one more per interval.</summary>
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

    private double Fill(TimeSpan time) => Math.Min(burst, tokens + ((time - filledAt) / interval));
}
