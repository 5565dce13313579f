using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Objects;

namespace PodEngine.Kubernetes.Applying;

/// <summary>
/// Applies objects under one field manager's name, never by force: a field that another manager owns is an outcome to report, not a
/// fight to win. Applying the same again changes nothing on the API server, not even the resource version.
/// </summary>
/// <remarks>
/// An apply that changes an object carries the uid and resource version it was decided by, so that the late apply of a former leader is
/// refused. Caveat: an apply that creates cannot carry any, because there is none; only <see cref="KubernetesClient.Guarded"/> stands
/// before it, and what it makes is what the successor would make from the same object.
/// </remarks>
public sealed class FieldOwner(KubernetesClient client, string fieldManager)
{
    /// <summary>The name under which fields are owned.</summary>
    public string FieldManager { get; } = fieldManager;

    /// <summary>Makes the given fields of an object so.</summary>
    /// <param name="type">Its kind.</param>
    /// <param name="desired">The fields, under its name.</param>
    /// <param name="seen">The object as the decision was made by; null where it is not there yet and is to be created.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KubernetesException">
    /// <see cref="KubernetesException.IsConflict"/>: what was seen has been written or replaced since, or is gone. Look again and decide anew.
    /// </exception>
    public async Task<ApplyOutcome<T>> ApplyAsync<T>(ResourceType<T> type, T desired, T? seen, CancellationToken cancellationToken)
        where T : KubernetesObject
    {
        var guarded = seen is null ? desired : desired with
        {
            Metadata = desired.Metadata with { Uid = seen.Metadata.Uid, ResourceVersion = seen.Metadata.ResourceVersion },
        };
        try
        {
            return new ApplyOutcome<T>.Applied(await client.ApplyAsync(type, guarded, FieldManager, force: false, cancellationToken));
        }
        catch (KubernetesException refusal) when (refusal.IsFieldConflict)
        {
            return new ApplyOutcome<T>.Conflict([.. refusal.FieldConflicts.Select(static cause => new FieldConflict(cause.Field ?? "", cause.Message ?? ""))]);
        }
    }
}
