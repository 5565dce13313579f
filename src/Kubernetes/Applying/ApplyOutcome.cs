using PodEngine.Kubernetes.Objects;

namespace PodEngine.Kubernetes.Applying;

/// <summary>What became of a server-side apply.</summary>
public abstract record ApplyOutcome<T>
    where T : KubernetesObject
{
    private ApplyOutcome()
    {
    }

    /// <summary>The object now has the fields.</summary>
    /// <param name="Stored">The object as stored.</param>
    public sealed record Applied(T Stored) : ApplyOutcome<T>;

    /// <summary>Nothing was written: others own some of the fields.</summary>
    /// <param name="Fields">Each such field.</param>
    public sealed record Conflict(IReadOnlyList<FieldConflict> Fields) : ApplyOutcome<T>;
}
