namespace PodEngine.Queue.Tests.Model;

/// <summary>Something that may happen, and the world after it.</summary>
/// <param name="Text">What happens, for people.</param>
/// <param name="After">The world after it.</param>
internal readonly record struct ModelStep<TState>(string Text, TState After);
