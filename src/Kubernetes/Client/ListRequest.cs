namespace PodEngine.Kubernetes.Client;

/// <summary>Which objects to list or watch.</summary>
public sealed record ListRequest
{
    /// <summary>Every object of the kind.</summary>
    public static ListRequest Everything { get; } = new();

    /// <summary>The namespace; null or empty for all.</summary>
    public string? Namespace { get; init; }

    /// <summary>A label selector such as <c>app=web,tier!=cache</c>; null for all.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>A field selector such as <c>metadata.name=web</c>; null for all.</summary>
    public string? FieldSelector { get; init; }
}
