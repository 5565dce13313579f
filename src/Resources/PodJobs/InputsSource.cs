namespace PodEngine.Resources.PodJobs;

/// <summary>A key of a ConfigMap in the same namespace that holds a JSON object of inputs.</summary>
public sealed record InputsSource
{
    /// <summary>Name of the ConfigMap.</summary>
    public required string ConfigMapName { get; init; }

    /// <summary>Key in it.</summary>
    public required string Key { get; init; }
}
