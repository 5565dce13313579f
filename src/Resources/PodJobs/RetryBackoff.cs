namespace PodEngine.Resources.PodJobs;

/// <summary>How the wait between attempts grows.</summary>
public enum RetryBackoff
{
    /// <summary>Doubles each time.</summary>
    Exponential,

    /// <summary>Stays the same.</summary>
    Fixed,
}
