namespace PodEngine.Kubernetes.Watching;

/// <summary>What a store keeps of one object: who it is, which state of it was seen, and what the owner of the store cares about.</summary>
/// <param name="Uid">Tells the object from a later one of the same name.</param>
/// <param name="ResourceVersion">The state seen.</param>
/// <param name="Item">The projection of that state.</param>
public sealed record Stored<TItem>(string Uid, string ResourceVersion, TItem Item);
