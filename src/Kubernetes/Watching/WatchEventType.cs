namespace PodEngine.Kubernetes.Watching;

/// <summary>What a line of a watch tells.</summary>
public enum WatchEventType
{
    /// <summary>The object is new, or now fits the selector.</summary>
    Added,

    /// <summary>The object changed.</summary>
    Modified,

    /// <summary>The object is gone, or no longer fits the selector.</summary>
    Deleted,

    /// <summary>Nothing happened up to this resource version.</summary>
    Bookmark,
}
