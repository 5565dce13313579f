using System.Text.Json.Nodes;
using PodEngine.Kubernetes.Objects;
using PodEngine.Resources.Rules;

namespace PodEngine.Resources.Manifests;

/// <summary>What came of validating a manifest.</summary>
public sealed record ManifestVerdict
{
    /// <summary>The manifest with defaults filled in and without status.</summary>
    public required JsonObject Manifest { get; init; }

    /// <summary>The record; null exactly where there are faults.</summary>
    public required KubernetesObject? Resource { get; init; }

    /// <summary>Everything that is wrong, in the order of the fields.</summary>
    public required IReadOnlyList<SpecFault> Faults { get; init; }
}
