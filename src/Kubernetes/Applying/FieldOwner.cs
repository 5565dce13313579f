using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Objects;

namespace PodEngine.Kubernetes.Applying;

/// <summary>
/// Applies objects under one field manager's name, never by force: a field that another manager owns is an outcome to report, not a
/// fight to win. Applying the same again changes nothing on the API server, not even the resource version.
/// </summary>
public sealed class FieldOwner(KubernetesClient client, string fieldManager)
{
    /// <summary>The name under which fields are owned.</summary>
    public string FieldManager { get; } = fieldManager;

    /// <summary>Makes the given fields of an object so, creating it if need be.</summary>
    public async Task<ApplyOutcome<T>> ApplyAsync<T>(ResourceType<T> type, T desired, CancellationToken cancellationToken)
        where T : KubernetesObject
    {
        try
        {
            return new ApplyOutcome<T>.Applied(await client.ApplyAsync(type, desired, FieldManager, force: false, cancellationToken));
        }
        catch (KubernetesException refusal) when (refusal.IsFieldConflict)
        {
            return new ApplyOutcome<T>.Conflict([.. refusal.FieldConflicts.Select(static cause => new FieldConflict(cause.Field ?? "", cause.Message ?? ""))]);
        }
    }
}
