namespace PodEngine.Resources.PodJobs;

/// <summary>How pictures are drawn; null leaves a value to the workflow.</summary>
public sealed record ImageSpec
{
    /// <summary>Pixels, 16 to 16384 in steps of 8.</summary>
    public int? Width { get; init; }

    /// <summary>Pixels, 16 to 16384 in steps of 8.</summary>
    public int? Height { get; init; }

    /// <summary>Sampler steps, 1 to 10000.</summary>
    public int? Steps { get; init; }

    /// <summary>Classifier-free guidance in thousandths, 0 to 100000.</summary>
    public int? CfgMilli { get; init; }

    /// <summary>Seed of the first picture, 0 to 2^53-1; the others count on from it and must stay below 2^53 too.</summary>
    public long? Seed { get; init; }

    /// <summary>Checkpoint file on the ComfyUI servers, at most 255 characters.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>What must not be in the pictures, at most 4000 characters.</summary>
    public string? NegativePrompt { get; init; }

    /// <summary>Key of the pool's workflows ConfigMap.</summary>
    public string? WorkflowKey { get; init; }
}
