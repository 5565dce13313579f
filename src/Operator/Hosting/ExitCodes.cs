namespace PodEngine.Operator.Hosting;

/// <summary>How the process ends, in the words of sysexits.h.</summary>
internal static class ExitCodes
{
    /// <summary>Stopped, as asked.</summary>
    public const int Stopped = 0;

    /// <summary>A defect: a duty of the leader ended by itself.</summary>
    public const int Defect = 70;

    /// <summary>Leadership was lost: the process ends so that nothing of the former leader goes on.</summary>
    public const int LeadershipLost = 75;

    /// <summary>The settings or the kubeconfig are wrong.</summary>
    public const int Configuration = 78;
}
