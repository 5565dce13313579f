using PodEngine.Kubernetes.Objects;

namespace PodEngine.Kubernetes.Watching;

/// <summary>One object appeared in a store, changed there or left it.</summary>
/// <param name="Key">The object's key.</param>
/// <param name="Before">What was known before; null when it appeared.</param>
/// <param name="After">What is known now; null when it left.</param>
/// <param name="IsFromList">
/// Whether a whole list told of it: such changes come by the thousand and may wait behind single ones. A deletion of this kind is concluded
/// from an absence, and the list of a wrong or restored cluster lacks everything.
/// </param>
public readonly record struct ResourceChange<TItem>(ResourceKey Key, Stored<TItem>? Before, Stored<TItem>? After, bool IsFromList);
