namespace PodEngine.Queue;

/// <summary>The store cannot be reached or is not ready. Nothing was decided; repeat later.</summary>
public sealed class QueueUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
