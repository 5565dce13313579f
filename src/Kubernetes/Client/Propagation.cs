namespace PodEngine.Kubernetes.Client;

/// <summary>What becomes of an object's dependents when it is deleted.</summary>
public enum Propagation
{
    /// <summary>They are collected afterwards.</summary>
    Background,

    /// <summary>They are collected first; the object stays until they are gone.</summary>
    Foreground,

    /// <summary>They stay and lose their owner.</summary>
    Orphan,
}
