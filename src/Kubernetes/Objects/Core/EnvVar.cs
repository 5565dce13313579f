namespace PodEngine.Kubernetes.Objects.Core;

/// <summary>One environment variable: a value or where it comes from.</summary>
public sealed record EnvVar
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its value; <c>$(OTHER)</c> is expanded.</summary>
    public string? Value { get; init; }

    /// <summary>Where the value comes from.</summary>
    public EnvVarSource? ValueFrom { get; init; }
}
