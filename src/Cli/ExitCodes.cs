namespace PodEngine.Cli;

/// <summary>Exit codes of <c>podengine</c>, the same for every command.</summary>
internal static class ExitCodes
{
    /// <summary>Everything asked for is done.</summary>
    public const int Done = 0;

    /// <summary>It ran, and some job failed or was cancelled.</summary>
    public const int JobsFailed = 1;

    /// <summary>The command line or a manifest is wrong; nothing was done.</summary>
    public const int BadInput = 2;

    /// <summary>A service it needs cannot be reached.</summary>
    public const int Unavailable = 3;

    /// <summary>Interrupted by the user.</summary>
    public const int Interrupted = 130;
}
