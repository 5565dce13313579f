using PodEngine.Queue.Bench.Contenders;
using PodEngine.Queue.Bench.Databases;
using PodEngine.Queue.Bench.Roles;

namespace PodEngine.Queue.Bench.Cells;

/// <summary>A fresh database with a contender installed, and the processes that work on it.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private readonly List<BenchProcess> _processes = [];

    private Scene(Contender contender, BenchDatabase database) => (Contender, Database) = (contender, database);

    public Contender Contender { get; }

    public BenchDatabase Database { get; }

    /// <summary>What does the mirror and the maintenance; null for contenders without.</summary>
    public BenchProcess? Host { get; private set; }

    /// <summary>Those that work, in the order they were started.</summary>
    public IReadOnlyList<BenchProcess> Workers { get; private set; } = [];

    /// <summary>Jobs handled so far, as the workers tell every 20 ms.</summary>
    public long Handled => Workers.Sum(worker => worker.Progress.Count);

    /// <summary>Processor time of the workers so far.</summary>
    public TimeSpan WorkerCpu => Sum(Workers.Select(worker => worker.Cpu));

    /// <summary>Processor time of the host so far.</summary>
    public TimeSpan HostCpu => Host?.Cpu ?? TimeSpan.Zero;

    /// <summary>Makes the database and starts the host, if there is one.</summary>
    public static async Task<Scene> SetUpAsync(BenchServer server, Contender contender)
    {
        var scene = new Scene(contender, await server.CreateDatabaseAsync());
        try
        {
            await contender.InstallAsync(scene.Database);
            if (contender.HostStart(scene.Database) is { } start)
            {
                scene.Host = await BenchProcess.StartAsync(start);
                scene._processes.Add(scene.Host);
            }

            return scene;
        }
        catch
        {
            await scene.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a producer, has it carry out an order, and ends it.</summary>
    public async Task<Answer> ProduceAsync(Order order)
    {
        var producer = await BenchProcess.StartAsync(Contender.ProducerStart(Database));
        _processes.Add(producer);
        var done = await producer.AskAsync(order);
        await producer.StopAsync();
        return done;
    }

    /// <summary>Inserts jobs numbered from 0, 10,000 per call.</summary>
    public Task<Answer> ProduceManyAsync(int count, int priority = 0, double delaySeconds = 0) =>
        ProduceAsync(new Order { Kind = Order.Bulk, Count = count, PerCall = 10_000, Priority = priority, DelaySeconds = delaySeconds });

    /// <summary>Starts workers that wait for the word to begin.</summary>
    public async Task<IReadOnlyList<BenchProcess>> AddWorkersAsync(int count, bool timed) =>
        await AddAsync([.. Enumerable.Range(0, count).Select(_ => BenchProcess.Begin(Contender.WorkerStart(Database, timed)))]);

    /// <summary>Takes over processes that were just started as workers.</summary>
    public async Task<IReadOnlyList<BenchProcess>> AddAsync(IReadOnlyList<BenchProcess> started)
    {
        _processes.AddRange(started);
        Workers = [.. Workers, .. started];
        await Task.WhenAll(started.Select(worker => worker.HearAsync(Answer.Ready)));
        return started;
    }

    /// <summary>Has all workers begin at once.</summary>
    public Task GoAsync() => Task.WhenAll(Workers.Select(worker => worker.AskAsync(new Order { Kind = Order.Go })));

    /// <summary>Has all workers stop to work and forget what they handled.</summary>
    public Task RestAsync() => Task.WhenAll(Workers.Select(worker => worker.AskAsync(new Order { Kind = Order.Rest })));

    /// <summary>Returns once nothing is left to be mirrored.</summary>
    public async Task MirroredAsync()
    {
        if (Host is not null)
        {
            await Host.AskAsync(new Order { Kind = Order.Settle });
        }
    }

    /// <summary>Ends the workers in order.</summary>
    public async Task StopWorkersAsync()
    {
        await Task.WhenAll(Workers.Select(worker => worker.StopAsync()));
        Workers = [];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }

        await Database.DisposeAsync();
    }

    private static TimeSpan Sum(IEnumerable<TimeSpan> spans) => TimeSpan.FromTicks(spans.Sum(span => span.Ticks));
}
