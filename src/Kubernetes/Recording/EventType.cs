namespace PodEngine.Kubernetes.Recording;

/// <summary>Whether an event is as expected.</summary>
public enum EventType
{
    /// <summary>As expected.</summary>
    Normal,

    /// <summary>Somebody may have to act.</summary>
    Warning,
}
