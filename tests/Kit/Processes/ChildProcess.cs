using System.Diagnostics;
using Xunit;
using Xunit.Sdk;

namespace PodEngine.Kit.Processes;

/// <summary>
/// A program run as a process of its own, its output captured line by line (standard output and error together, in order of arrival). It is
/// killed when disposed, and by the kernel when the test host dies.
/// </summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan _defaultTimeout = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly List<string> _lines = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _openStreams = 2;

    private ChildProcess(Process process, string name)
    {
        _process = process;
        Name = name;
        process.OutputDataReceived += (_, data) => Receive(data.Data);
        process.ErrorDataReceived += (_, data) => Receive(data.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The program's file name, for messages.</summary>
    public string Name { get; }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>128 + the signal's number when a signal ended it.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>All lines so far.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    public string Output => string.Join('\n', Lines);

    /// <summary>Starts any program.</summary>
    /// <param name="fileName">A path, or a name on the PATH.</param>
    /// <param name="arguments">Passed as they are.</param>
    /// <param name="environment">Added to this process's environment; a null value removes a variable.</param>
    /// <param name="workingDirectory">This process's when null.</param>
    public static async Task<ChildProcess> StartAsync(
        string fileName,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?>? environment = null,
        string? workingDirectory = null)
    {
        // setpriv execs the program, so the child's id is the program's own.
        var start = new ProcessStartInfo("setpriv", ["--pdeathsig", "KILL", fileName, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory ?? "",
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        var process = await ChildStarter.StartAsync(start);
        process.StandardInput.Close();
        return new ChildProcess(process, Path.GetFileName(fileName));
    }

    /// <summary>Starts an executable of the product, built in the configuration of the running tests.</summary>
    /// <param name="project">The folder under <c>src/</c>: <c>Operator</c>, <c>Worker</c>, <c>Api</c>, <c>Simulators</c>, <c>Cli</c>.</param>
    /// <param name="arguments">Passed as they are.</param>
    /// <param name="environment">Added to this process's environment; a null value removes a variable.</param>
    public static Task<ChildProcess> StartProductAsync(
        string project, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null) =>
        StartAsync(ProductExecutable(project), arguments, environment);

    /// <summary>The path of an executable of the product, built in the configuration of the running tests.</summary>
    public static string ProductExecutable(string project) =>
        // Projects that reference executables have copies of them beside their own.
        Executable("src", project, project == "Cli" ? "podengine" : $"PodEngine.{project}");

    /// <summary>The path of a program that belongs to the tests, a folder under <c>tests/</c>.</summary>
    public static string TestExecutable(string project) => Executable("tests", project, $"PodEngine.{project}");

    /// <summary>The first line, past or future, that satisfies the predicate.</summary>
    /// <exception cref="XunitException">None did in time, or the process ended; the message holds the end of its output.</exception>
    public async Task<string> WaitForLineAsync(Func<string, bool> predicate, TimeSpan? timeout = null)
    {
        var limit = timeout ?? _defaultTimeout;
        var cancellationToken = TestContext.Current.CancellationToken;
        var watch = Stopwatch.StartNew();
        for (var seen = 0; ;)
        {
            Task changed;
            lock (_lines)
            {
                for (; seen < _lines.Count; seen++)
                {
                    if (predicate(_lines[seen]))
                    {
                        return _lines[seen];
                    }
                }

                if (_openStreams == 0)
                {
                    throw new XunitException($"{Name} ended without the expected line. Its last lines:\n{Tail()}");
                }

                changed = _changed.Task;
            }

            try
            {
                var left = limit - watch.Elapsed;
                await changed.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, cancellationToken);
            }
            catch (TimeoutException)
            {
                throw new XunitException($"{Name} did not print the expected line in {limit.TotalSeconds:0.#} s. Its last lines:\n{Tail()}");
            }
        }
    }

    /// <summary>Waits for the end, and returns the exit code.</summary>
    public async Task<int> WaitForExitAsync(TimeSpan? timeout = null)
    {
        var limit = timeout ?? _defaultTimeout;
        var cancellationToken = TestContext.Current.CancellationToken;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit);
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new XunitException($"{Name} was still running after {limit.TotalSeconds:0.#} s. Its last lines:\n{Tail()}");
        }

        return _process.ExitCode;
    }

    /// <summary>SIGKILL: it gets no chance to clean up.</summary>
    public void Kill() => Signal(Signals.Kill);

    /// <summary>SIGTERM, as Kubernetes ends a container.</summary>
    public void Terminate() => Signal(Signals.Terminate);

    /// <summary>SIGINT, as Ctrl-C.</summary>
    public void Interrupt() => Signal(Signals.Interrupt);

    /// <summary>SIGSTOP: it freezes, its connections stay open.</summary>
    public void Stop() => Signal(Signals.Stop);

    /// <summary>SIGCONT after <see cref="Stop"/>.</summary>
    public void Continue() => Signal(Signals.Continue);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static string Executable(string folder, string project, string name)
    {
        var executable = RepositoryRoot.File(folder, project, "bin", RepositoryRoot.Configuration, "net10.0", name);
        return File.Exists(executable) ? executable : throw new FileNotFoundException(
            $"{folder}/{project} is not built in {RepositoryRoot.Configuration}: run `dotnet build -c {RepositoryRoot.Configuration} {folder}/{project}` first");
    }

    private void Signal(int signal)
    {
        if (!_process.HasExited)
        {
            Signals.Send(_process.Id, signal);
        }
    }

    private void Receive(string? line)
    {
        TaskCompletionSource changed;
        lock (_lines)
        {
            if (line is null)
            {
                _openStreams--;
            }
            else
            {
                _lines.Add(line);
            }

            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }

    private string Tail() => string.Join('\n', Lines.TakeLast(40));
}
