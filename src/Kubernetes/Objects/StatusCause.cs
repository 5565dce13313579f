namespace PodEngine.Kubernetes.Objects;

/// <summary>One fault of a refused object.</summary>
public sealed record StatusCause
{
    /// <summary>Kind of fault, such as <c>FieldValueInvalid</c> or <c>FieldManagerConflict</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>The fault, for people.</summary>
    public string? Message { get; init; }

    /// <summary>Path of the field, such as <c>spec.replicas</c>.</summary>
    public string? Field { get; init; }
}
