namespace PodEngine.Kubernetes.Objects.Core;

/// <summary>An HTTP question.</summary>
public sealed record HttpGetAction
{
    /// <summary>Path asked for.</summary>
    public string? Path { get; init; }

    /// <summary>Port by number or name.</summary>
    public required IntOrString Port { get; init; }

    /// <summary><c>HTTP</c> or <c>HTTPS</c>; HTTP by default.</summary>
    public string? Scheme { get; init; }
}
