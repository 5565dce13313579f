namespace PodEngine.Resources.Manifests;

/// <summary>What a text of manifests holds.</summary>
/// <param name="Manifests">The valid ones, in the order of the text.</param>
/// <param name="Faults">Everything wrong with the others; empty where all are valid.</param>
public sealed record ManifestReading(IReadOnlyList<Manifest> Manifests, IReadOnlyList<ManifestFault> Faults);
