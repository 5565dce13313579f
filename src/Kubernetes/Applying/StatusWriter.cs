using System.Text.Json;
using System.Text.Json.Nodes;
using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Objects;

namespace PodEngine.Kubernetes.Applying;

/// <summary>
/// Writes the status of objects by merge patch, only what differs and only if something does, to the very object that was seen.
/// A kind should have one status writer; <see cref="StatusGuard.Unchanged"/> is for those that cannot be sure of it, such as a leader
/// that may have been replaced.
/// </summary>
public sealed class StatusWriter(KubernetesClient client)
{
    /// <summary>
    /// Makes the status of <paramref name="seen"/> that of <paramref name="desired"/>; returns the object as stored, or
    /// <paramref name="seen"/> itself when nothing differs and nothing was sent.
    /// </summary>
    /// <exception cref="KubernetesException">
    /// <see cref="KubernetesException.IsConflict"/>: written meanwhile, or another object of the same name. <see cref="KubernetesException.IsNotFound"/>: gone.
    /// </exception>
    public async Task<T> WriteAsync<T>(
        ResourceType<T> type, T seen, T desired, StatusGuard guard, CancellationToken cancellationToken)
        where T : KubernetesObject
    {
        var patch = MergePatch.Between(StatusOf(type, seen), StatusOf(type, desired));
        Telemetry.StatusWrites.Add(
            1, Telemetry.Tag("resource", type.ToString()), Telemetry.Tag("result", patch is null ? "unchanged" : "written"));
        if (patch is null)
        {
            return seen;
        }

        var precondition = guard == StatusGuard.Unchanged ? Precondition.Unchanged(seen) : Precondition.SameObject(seen);
        return await client.PatchStatusAsync(type, seen.Key(), patch, precondition, cancellationToken);
    }

    private static JsonObject? StatusOf<T>(ResourceType<T> type, T entity)
        where T : KubernetesObject =>
        JsonSerializer.SerializeToNode(entity, type.Json)?["status"] as JsonObject;
}
