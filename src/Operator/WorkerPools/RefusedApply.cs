namespace PodEngine.Operator.WorkerPools;

/// <summary>
/// An apply that met fields of others. The same apply to the same state would meet them again, so it is not sent before either changes: who
/// owns what cannot change without a new resource version.
/// </summary>
/// <param name="ResourceVersion">The Deployment's state it was refused for.</param>
/// <param name="Hash">What was wanted.</param>
/// <param name="Fault">What was said of it.</param>
internal sealed record RefusedApply(string? ResourceVersion, string? Hash, PoolFault Fault)
{
    /// <summary>Whether an apply of <paramref name="hash"/> to <paramref name="resourceVersion"/> would be the same again.</summary>
    public bool IsSame(string? resourceVersion, string? hash) => resourceVersion is not null && ResourceVersion == resourceVersion && Hash == hash;
}
