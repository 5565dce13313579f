namespace PodEngine.Kubernetes.Objects;

/// <summary>Namespace and name of an object; the namespace is empty for kinds of cluster scope.</summary>
public readonly record struct ResourceKey(string Namespace, string Name) : IComparable<ResourceKey>
{
    /// <summary>Orders by namespace, then by name.</summary>
    public int CompareTo(ResourceKey other) => string.CompareOrdinal(Namespace, other.Namespace) is var order and not 0
        ? order
        : string.CompareOrdinal(Name, other.Name);

    /// <summary><c>namespace/name</c>, or the name alone.</summary>
    public override string ToString() => string.IsNullOrEmpty(Namespace) ? Name : $"{Namespace}/{Name}";

    /// <summary>Whether the left key sorts first.</summary>
    public static bool operator <(ResourceKey left, ResourceKey right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left key sorts first or is the same.</summary>
    public static bool operator <=(ResourceKey left, ResourceKey right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left key sorts last.</summary>
    public static bool operator >(ResourceKey left, ResourceKey right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left key sorts last or is the same.</summary>
    public static bool operator >=(ResourceKey left, ResourceKey right) => left.CompareTo(right) >= 0;
}
