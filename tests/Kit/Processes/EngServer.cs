namespace PodEngine.Kit.Processes;

/// <summary>
/// A server that a script under <c>eng/</c> started in a throwaway folder, and ends. The script watches this process and ends the server
/// when the process is gone, however it went; a normal exit of the process ends it at once.
/// </summary>
internal sealed class EngServer : IAsyncDisposable
{
    private readonly string _stopScript;
    private int _stopped;

    private EngServer(string directory, string stopScript, string output)
    {
        Directory = directory;
        Output = output;
        _stopScript = stopScript;
        AppDomain.CurrentDomain.ProcessExit += StopAtExit;
    }

    public string Directory { get; }

    /// <summary>What the start script printed.</summary>
    public string Output { get; }

    /// <param name="folder">The folder under <c>eng/</c> with <c>start.sh</c> and <c>stop.sh</c>.</param>
    /// <param name="options">Further arguments for <c>start.sh</c>.</param>
    /// <param name="environment">Added to the script's environment.</param>
    public static async Task<EngServer> StartAsync(
        string folder, IEnumerable<string> options, IReadOnlyDictionary<string, string?>? environment = null)
    {
        // Not cancelled with the test that happens to be first: others wait for the same server, and the script has deadlines of its own.
        var directory = System.IO.Directory.CreateTempSubdirectory("pod-engine-").FullName;
        var owner = Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var result = await Command.RunAsync(
            RepositoryRoot.File("eng", folder, "start.sh"), [directory, "--owner", owner, .. options], null, environment);
        return new EngServer(directory, RepositoryRoot.File("eng", folder, "stop.sh"), result.Expect());
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _stopped, 1) == 0)
        {
            AppDomain.CurrentDomain.ProcessExit -= StopAtExit;
            (await Command.RunAsync(_stopScript, [Directory])).Expect();
        }
    }

    private void StopAtExit(object? sender, EventArgs arguments) => DisposeAsync().AsTask().GetAwaiter().GetResult();
}
