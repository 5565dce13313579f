using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PodEngine.Ledger;
using PodEngine.Pipeline.Images;
using PodEngine.Pipeline.Prompts;
using PodEngine.Providers.Claude;
using PodEngine.Providers.ComfyUi;
using PodEngine.Providers.Http;
using PodEngine.Providers.Printify;
using PodEngine.Queue;
using PodEngine.Shared.Pools;
using PodEngine.Storage;

namespace PodEngine.Pipeline;

/// <summary>The pipeline of one pool, with the provider clients its settings name. Dispose it when no job runs any more.</summary>
public sealed class PoolPipeline : IDisposable
{
    private readonly List<IDisposable> _owned = [];

    /// <summary>Builds the clients; none opens a connection yet.</summary>
    /// <param name="pool">Addresses of the providers.</param>
    /// <param name="setup">All that is not in the pool's settings.</param>
    public PoolPipeline(PoolSettings pool, PoolPipelineSetup setup)
    {
        var services = new ProviderServices { Time = setup.Time, Logs = setup.Logs, Budget = setup.Budget };
        var claude = Own(new ClaudeClient(Claude(pool, setup), services));
        Runner = new PipelineRunner(new PipelineParts
        {
            Queue = setup.Queue,
            Ledger = setup.Ledger,
            Writers = new PromptWriters(new ClaudePromptWriter(claude), () => !string.IsNullOrWhiteSpace(setup.ClaudeKey())),
            Images = pool.ComfyUiUrls.Count == 0 ? null : Images(pool, setup, services),
            Storage = setup.Storage,
            Printify = Own(new PrintifyClient(Printify(pool, setup), services)),
            Options = setup.Options,
            Time = setup.Time,
            Worker = setup.WorkerId,
        });
    }

    /// <summary>Runs jobs.</summary>
    public IJobPipeline Runner { get; }

    /// <inheritdoc />
    public void Dispose() => _owned.ForEach(client => client.Dispose());

    private ComfyUiImageGenerator Images(PoolSettings pool, PoolPipelineSetup setup, ProviderServices services)
    {
        var settings = new ComfyUiSettings();
        var fleet = Own(new ComfyUiFleet(pool.ComfyUiUrls, settings with { Limits = Bounded(settings.Limits, setup), PollInterval = setup.ComfyUiPoll ?? settings.PollInterval }, services));
        return new ComfyUiImageGenerator(fleet, setup.Time);
    }

    private static ClaudeSettings Claude(PoolSettings pool, PoolPipelineSetup setup)
    {
        var settings = new ClaudeSettings { Key = new ProviderKey(setup.ClaudeKey) };
        return settings with
        {
            BaseUrl = pool.ClaudeBaseUrl ?? settings.BaseUrl,
            Model = setup.ClaudeModel ?? settings.Model,
            Limits = Bounded(settings.Limits, setup),
        };
    }

    private static PrintifySettings Printify(PoolSettings pool, PoolPipelineSetup setup)
    {
        var settings = new PrintifySettings { Key = new ProviderKey(setup.PrintifyKey) };
        return settings with { BaseUrl = pool.PrintifyBaseUrl ?? settings.BaseUrl, Limits = Bounded(settings.Limits, setup) };
    }

    private static ProviderLimits Bounded(ProviderLimits limits, PoolPipelineSetup setup) => setup.ProviderCall is not { } call
        ? limits
        : limits with
        {
            CallTimeout = call,
            TryTimeout = limits.TryTimeout < call ? limits.TryTimeout : call,
            ConnectTimeout = limits.ConnectTimeout < call ? limits.ConnectTimeout : call,
        };

    private T Own<T>(T client)
        where T : IDisposable
    {
        _owned.Add(client);
        return client;
    }
}

/// <summary>What a pool's pipeline needs beside the pool's settings.</summary>
public sealed record PoolPipelineSetup
{
    /// <summary>Told of progress.</summary>
    public required IJobQueue Queue { get; init; }

    /// <summary>What jobs bought and made.</summary>
    public required IJobLedger Ledger { get; init; }

    /// <summary>Where pictures are kept.</summary>
    public required IObjectStorage Storage { get; init; }

    /// <summary>Name of the worker in job logs.</summary>
    public required string WorkerId { get; init; }

    /// <summary>Reads Claude's key; null for none, then prompts come from templates.</summary>
    public required Func<string?> ClaudeKey { get; init; }

    /// <summary>Reads Printify's key.</summary>
    public required Func<string?> PrintifyKey { get; init; }

    /// <summary>Claude's model; null for the standard one.</summary>
    public string? ClaudeModel { get; init; }

    /// <summary>Deadline of every provider call; null keeps each provider's own.</summary>
    public TimeSpan? ProviderCall { get; init; }

    /// <summary>How often a drawing is looked up beside its WebSocket; null for the client's own.</summary>
    public TimeSpan? ComfyUiPoll { get; init; }

    /// <summary>Rate limits; null counts the documented ones in this process.</summary>
    public IRequestBudget? Budget { get; init; }

    /// <summary>Bounds of the pipeline.</summary>
    public PipelineOptions Options { get; init; } = new();

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Loggers of the provider clients.</summary>
    public ILoggerFactory Logs { get; init; } = NullLoggerFactory.Instance;
}
