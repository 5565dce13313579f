namespace PodEngine.Queue;

/// <summary>The lane jobs wait in and workers claim from: one pool of one namespace of one installation.</summary>
/// <param name="InstallationId">The UUID made when the installation was; stamps every row.</param>
/// <param name="Namespace">The tenant.</param>
/// <param name="Pool">The pool whose workers claim.</param>
public sealed record QueueKey(Guid InstallationId, string Namespace, string Pool)
{
    /// <summary>The stored form, <c>installationId/namespace/pool</c>.</summary>
    public override string ToString() => $"{InstallationId:D}/{Namespace}/{Pool}";
}
