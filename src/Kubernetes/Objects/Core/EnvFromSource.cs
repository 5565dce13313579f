namespace PodEngine.Kubernetes.Objects.Core;

/// <summary>Every key of one ConfigMap or Secret as environment variables.</summary>
public sealed record EnvFromSource
{
    /// <summary>Put before each name.</summary>
    public string? Prefix { get; init; }

    /// <summary>The ConfigMap.</summary>
    public OptionalReference? ConfigMapRef { get; init; }

    /// <summary>The Secret.</summary>
    public OptionalReference? SecretRef { get; init; }
}
