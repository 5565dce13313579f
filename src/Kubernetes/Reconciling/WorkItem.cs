namespace PodEngine.Kubernetes.Reconciling;

/// <summary>A key a worker holds until it says <see cref="WorkQueue{TKey}.Done"/>.</summary>
/// <param name="Key">The key.</param>
/// <param name="Failures">How often in a row work on it has failed so far.</param>
/// <param name="Priority">Why it was taken up.</param>
public readonly record struct WorkItem<TKey>(TKey Key, int Failures, WorkPriority Priority);
