using System.Text.Json.Nodes;

namespace PodEngine.Resources.PodJobs;

/// <summary>A run of a generation model; as a whole it never changes after creation.</summary>
public sealed record ExecutionSpec
{
    /// <summary>Name of the GenerationModel in the same namespace.</summary>
    public required string ModelName { get; init; }

    /// <summary>Inputs by field name, at most 32 KiB as JSON and 100 fields; excludes <see cref="InputsFrom"/>.</summary>
    public JsonObject? Inputs { get; init; }

    /// <summary>Where the inputs are taken from when the job is admitted; excludes <see cref="Inputs"/>.</summary>
    public InputsSource? InputsFrom { get; init; }

    /// <summary>Whom the run belongs to, at most 128 characters; null for nobody in particular.</summary>
    public string? Consumer { get; init; }
}
