using System.Text.Json.Nodes;
using PodEngine.Kubernetes.Objects;

namespace PodEngine.Kubernetes.Client;

/// <summary>What must still be true of an object for a write to be accepted; the API server answers 409 otherwise.</summary>
/// <param name="Uid">It must be this very object, not a later one of the same name.</param>
/// <param name="ResourceVersion">Nobody may have written since this version.</param>
public readonly record struct Precondition(string? Uid, string? ResourceVersion = null)
{
    /// <summary>No condition.</summary>
    public static Precondition None => default;

    /// <summary>The very object, whatever its version.</summary>
    public static Precondition SameObject(KubernetesObject seen) => new(seen.Metadata.Uid);

    /// <summary>The very object as it was seen.</summary>
    public static Precondition Unchanged(KubernetesObject seen) => new(seen.Metadata.Uid, seen.Metadata.ResourceVersion);

    /// <summary>Puts the conditions into a merge patch, where the API server checks them.</summary>
    internal void AddTo(JsonObject patch)
    {
        if (Uid is null && ResourceVersion is null)
        {
            return;
        }

        if (patch["metadata"] is not JsonObject metadata)
        {
            patch["metadata"] = metadata = [];
        }

        if (Uid is not null)
        {
            metadata["uid"] = Uid;
        }

        if (ResourceVersion is not null)
        {
            metadata["resourceVersion"] = ResourceVersion;
        }
    }
}
