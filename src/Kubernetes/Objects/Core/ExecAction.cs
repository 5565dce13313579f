namespace PodEngine.Kubernetes.Objects.Core;

/// <summary>A command run inside the container.</summary>
public sealed record ExecAction
{
    /// <summary>The program and its arguments.</summary>
    public required IReadOnlyList<string> Command { get; init; }
}
