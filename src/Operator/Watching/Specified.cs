using PodEngine.Kubernetes.Objects;

namespace PodEngine.Operator.Watching;

/// <summary>
/// An object that counts as changed only when its specification does: writes of its status, the operator's own above all, wake nobody.
/// </summary>
internal sealed record Specified<T>(T Entity)
    where T : KubernetesObject
{
    /// <summary>Whether both are the same specification of the same object.</summary>
    public bool Equals(Specified<T>? other) => other is not null
        && Entity.Metadata.Uid == other.Entity.Metadata.Uid
        && Entity.Metadata.Generation == other.Entity.Metadata.Generation
        && Entity.Metadata.DeletionTimestamp == other.Entity.Metadata.DeletionTimestamp;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Entity.Metadata.Uid, Entity.Metadata.Generation);
}
