using PodEngine.Kit.Processes;

namespace PodEngine.Cli.Tests;

/// <summary>The program as a user starts it.</summary>
internal static class Podengine
{
    /// <summary>Generous: on a busy machine a start alone takes many seconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static Task<ChildProcess> StartAsync(string? databaseUrl, params string[] arguments) => ChildProcess.StartProductAsync(
        "Cli", arguments, new Dictionary<string, string?> { ["DATABASE_URL"] = databaseUrl, ["CLAUDE_API_KEY"] = null, ["PRINTIFY_API_KEY"] = null });

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, IReadOnlyList<string> Lines)> RunAsync(string? databaseUrl, params string[] arguments)
    {
        await using var process = await StartAsync(databaseUrl, arguments);
        return (await process.WaitForExitAsync(Patience), process.Lines);
    }
}
