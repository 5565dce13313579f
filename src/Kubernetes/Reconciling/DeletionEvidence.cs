namespace PodEngine.Kubernetes.Reconciling;

/// <summary>How it is known that an object is no longer there.</summary>
public enum DeletionEvidence
{
    /// <summary>
    /// It is missing: a whole list lacked it, or it was never seen. The list of a wrong or restored cluster, or of one whose rights were
    /// taken away, looks just the same, so what cannot be undone is to be confirmed first.
    /// </summary>
    Missing,

    /// <summary>The API server told of its deletion in a watch.</summary>
    Told,
}
