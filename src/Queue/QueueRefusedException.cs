namespace PodEngine.Queue;

/// <summary>
/// The store was reached and refuses what it was given: a value it cannot hold, or one that breaks a rule of its tables. Nothing was written, and repeating
/// the same is refused again. Of several things asked for together, the others can be asked for without it.
/// </summary>
public sealed class QueueRefusedException(string message, Exception? cause = null) : Exception(message, cause);
