namespace PodEngine.Kubernetes.Objects.Core;

/// <summary>A field of the pod itself.</summary>
public sealed record ObjectFieldSelector
{
    /// <summary>The API server fills in <c>v1</c>: state it where the object is applied, so that nothing differs.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>Such as <c>metadata.name</c>.</summary>
    public required string FieldPath { get; init; }
}
