using PodEngine.Ledger;
using PodEngine.Pipeline.Images;
using PodEngine.Pipeline.Prompts;
using PodEngine.Providers.Printify;
using PodEngine.Queue;
using PodEngine.Storage;

namespace PodEngine.Pipeline;

/// <summary>What the pipeline works with; its host builds and owns all of it.</summary>
public sealed record PipelineParts
{
    /// <summary>Told of progress.</summary>
    public required IJobQueue Queue { get; init; }

    /// <summary>What jobs bought and made.</summary>
    public required IJobLedger Ledger { get; init; }

    /// <summary>Who writes prompts.</summary>
    public required IPromptWriters Writers { get; init; }

    /// <summary>Who draws; null when the pool has no backend, which fails design jobs.</summary>
    public IImageGenerator? Images { get; init; }

    /// <summary>Where pictures are kept.</summary>
    public required IObjectStorage Storage { get; init; }

    /// <summary>Who makes products.</summary>
    public required PrintifyClient Printify { get; init; }

    /// <summary>Bounds.</summary>
    public PipelineOptions Options { get; init; } = new();

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Name of the worker in job logs.</summary>
    public required string Worker { get; init; }
}
