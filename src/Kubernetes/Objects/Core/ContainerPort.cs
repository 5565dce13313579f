using System.Text.Json.Serialization;

namespace PodEngine.Kubernetes.Objects.Core;

/// <summary>A port a container listens on.</summary>
public sealed record ContainerPort
{
    /// <summary>The number.</summary>
    [JsonPropertyName("containerPort")]
    public required int Number { get; init; }

    /// <summary>A name for probes and services; at most 15 characters.</summary>
    public string? Name { get; init; }

    /// <summary><c>TCP</c>, <c>UDP</c> or <c>SCTP</c>; part of the list's key, so state it where the object is applied.</summary>
    public string? Protocol { get; init; }
}
