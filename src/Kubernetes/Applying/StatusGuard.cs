namespace PodEngine.Kubernetes.Applying;

/// <summary>What a status write insists on.</summary>
public enum StatusGuard
{
    /// <summary>Nobody wrote since the object was seen: uid and resource version must fit.</summary>
    Unchanged,

    /// <summary>It is still the same object: the uid must fit.</summary>
    SameObject,
}
