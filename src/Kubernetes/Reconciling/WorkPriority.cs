namespace PodEngine.Kubernetes.Reconciling;

/// <summary>How urgent a key is.</summary>
public enum WorkPriority
{
    /// <summary>Seen in a list, or due for its regular visit: thousands at once, none of them news.</summary>
    Relisted,

    /// <summary>Something changed: goes before every relisted key.</summary>
    Changed,
}
