namespace PodEngine.Kubernetes.Objects.Core;

/// <summary>A key and the file it becomes.</summary>
public sealed record KeyToPath
{
    /// <summary>The key.</summary>
    public required string Key { get; init; }

    /// <summary>Relative path of the file.</summary>
    public required string Path { get; init; }
}
