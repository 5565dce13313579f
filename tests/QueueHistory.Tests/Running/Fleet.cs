using System.Globalization;
using PodEngine.Kit.Processes;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.QueueWorker.Running;

namespace PodEngine.QueueHistory.Tests.Running;

/// <summary>
/// Worker processes, each on a way to the database and with a wall clock of its own, drawn from the seed by its place and how many were there before it.
/// </summary>
internal sealed class Fleet(World world, int size, int seed) : IAsyncDisposable
{
    private const int JobsAtATime = 8;

    private static readonly TimeSpan[] ClockOffsets = [TimeSpan.Zero, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(-10)];

    private readonly ChildProcess?[] _places = new ChildProcess?[size];
    private readonly SemaphoreSlim _changing = new(1, 1);
    private readonly List<ChildProcess> _killed = [];
    private int _started;

    public int Killed => _killed.Count;

    public int Frozen { get; private set; }

    public async Task StartAsync()
    {
        for (var place = 0; place < size; place++)
        {
            _places[place] = await StartAsync(place);
        }
    }

    /// <summary>SIGKILL, and another process in its place.</summary>
    public async Task KillAsync(int place)
    {
        await _changing.WaitAsync();
        try
        {
            var victim = Living(place);
            victim.Kill();
            _killed.Add(victim);
            _places[place] = await StartAsync(place);
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>SIGSTOP, and later SIGCONT, unless it was killed meanwhile.</summary>
    public async Task FreezeAsync(int place, TimeSpan lasting, CancellationToken cancellationToken)
    {
        var worker = Living(place);
        worker.Stop();
        Frozen++;
        await Task.Delay(lasting, TimeProvider.System, cancellationToken);
        worker.Continue();
    }

    /// <summary>SIGTERM to all; returns when they have left of themselves.</summary>
    public async Task LeaveAsync()
    {
        foreach (var place in Enumerable.Range(0, size))
        {
            Living(place).Terminate();
        }

        foreach (var worker in _places)
        {
            Assert.Equal(0, await worker!.WaitForExitAsync());
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _places.Concat(_killed).OfType<ChildProcess>())
        {
            await worker.DisposeAsync();
        }

        _changing.Dispose();
    }

    private ChildProcess Living(int place)
    {
        var worker = _places[place]!;
        return worker.HasExited ? throw new InvalidOperationException($"A worker ended by itself with {worker.ExitCode}:\n{worker.Output}") : worker;
    }

    private async Task<ChildProcess> StartAsync(int place)
    {
        var number = _started++;
        var chance = Seed.Chance(seed, place, number);
        var (url, listenUrl) = chance.Next(3) switch
        {
            0 => (world.Database.Uri, null),
            1 => (world.PooledUrl, world.Database.Uri),
            _ => (world.PooledUrl, PostgresStore.ListenOff),
        };
        var id = string.Create(CultureInfo.InvariantCulture, $"worker-{place}-{number}");
        var settings = new WorkerSettings(url, listenUrl, id, world.Queue, JobsAtATime, seed, World.Timings);
        var offset = ClockOffsets[chance.Next(ClockOffsets.Length)];
        var environment = new Dictionary<string, string?>(settings.ToEnvironment());
        foreach (var (name, value) in offset == TimeSpan.Zero ? new Dictionary<string, string?>() : ClockOffset.Environment(offset))
        {
            environment[name] = value;
        }

        return await ChildProcess.StartAsync(ChildProcess.TestExecutable("QueueWorker"), [], environment);
    }
}
