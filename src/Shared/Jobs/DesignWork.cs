using PodEngine.Shared.Products;

namespace PodEngine.Shared.Jobs;

/// <summary>A design job: prompts, pictures, products and, when asked, publication.</summary>
public sealed record DesignWork : JobWork
{
    /// <summary>What to draw.</summary>
    public required DesignBrief Brief { get; init; }

    /// <summary>How to draw it.</summary>
    public ImageSettings Image { get; init; } = new();

    /// <summary>
    /// The text of the workflow named by <see cref="ImageSettings.WorkflowKey"/>, as it was when the job was admitted; null where none is named, then the
    /// default SDXL graph draws.
    /// </summary>
    public string? Workflow { get; init; }

    /// <summary>The products made of every picture, in the order asked for; at least one.</summary>
    public required IReadOnlyList<ProductDefinition> Products { get; init; }

    /// <summary>The Printify shops products are made in; at least one.</summary>
    public required IReadOnlyList<PlatformTarget> Platforms { get; init; }

    /// <summary>True publishes every product made. Default false: nothing is published unasked.</summary>
    public bool AutoPublish { get; init; }

    /// <summary>Whether a person must approve the pictures before products are made.</summary>
    public ApprovalPolicy Approval { get; init; } = new();
}

/// <summary>The words of the user: either a finished <see cref="Prompt"/> or a theme for the prompt writer.</summary>
public sealed record DesignBrief
{
    /// <summary>A finished image prompt. When set nothing is written by Claude and <see cref="Count"/> is the number of seeds.</summary>
    public string? Prompt { get; init; }

    /// <summary>Theme; default <c>general</c>.</summary>
    public string Theme { get; init; } = "general";

    /// <summary>Style; default <c>modern</c>.</summary>
    public string Style { get; init; } = "modern";

    /// <summary>Audience; default <c>general audience</c>.</summary>
    public string Niche { get; init; } = "general audience";

    /// <summary>How many designs, 1–100; default 1.</summary>
    public int Count { get; init; } = 1;
}

/// <summary>Drawing parameters. Null leaves the value to the default SDXL graph or to the workflow.</summary>
public sealed record ImageSettings
{
    /// <summary>Pixels, 16–16384 in steps of 8; default 1024.</summary>
    public int? Width { get; init; }

    /// <summary>Pixels, 16–16384 in steps of 8; default 1024.</summary>
    public int? Height { get; init; }

    /// <summary>Sampler steps, 1–10000; default 20.</summary>
    public int? Steps { get; init; }

    /// <summary>Classifier-free guidance in thousandths, 0–100000; default 7000 (7.0).</summary>
    public int? CfgMilli { get; init; }

    /// <summary>First seed, 0 to 2^53−1; null derives one from the job's id, so that a repeated attempt draws the same picture.</summary>
    public long? Seed { get; init; }

    /// <summary>Checkpoint file name; null for the default graph's <c>sd_xl_base_1.0.safetensors</c>.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>What must not be in the picture.</summary>
    public string? NegativePrompt { get; init; }

    /// <summary>Key of the pool's workflow ConfigMap; null for the default SDXL graph. Its text is <see cref="DesignWork.Workflow"/>.</summary>
    public string? WorkflowKey { get; init; }
}

/// <summary>The approval step between storage and products.</summary>
public sealed record ApprovalPolicy
{
    /// <summary>True parks the job after its pictures are stored, until somebody decides. Default false.</summary>
    public bool Required { get; init; }

    /// <summary>How long to wait for the decision, then the job is cancelled <c>ApprovalExpired</c>. Default 7 days.</summary>
    public int ExpireSeconds { get; init; } = 604_800;
}
