namespace PodEngine.Kit.Processes;

/// <summary>What a command that has ended left behind.</summary>
public sealed record CommandResult(string Command, int ExitCode, string StandardOutput, string StandardError)
{
    /// <summary>The standard output, trimmed, of a command that must succeed.</summary>
    /// <exception cref="InvalidOperationException">It did not; the message holds what it said.</exception>
    public string Expect() =>
        ExitCode == 0
            ? StandardOutput.Trim()
            : throw new InvalidOperationException($"`{Command}` ended with {ExitCode}:\n{StandardError.Trim()}\n{StandardOutput.Trim()}".TrimEnd());
}
