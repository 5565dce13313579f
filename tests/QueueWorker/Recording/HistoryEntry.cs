using PodEngine.Queue;

namespace PodEngine.QueueWorker.Recording;

/// <summary>One row of the history.</summary>
/// <param name="Id">The order of insertion.</param>
/// <param name="Lease">The job, and the token the worker acted under.</param>
/// <param name="Worker">Who.</param>
/// <param name="Operation">What a claim, a write or an outcome and its answers have in common.</param>
/// <param name="Kind">What.</param>
/// <param name="Detail">The outcome that is reported, or the state it led to.</param>
public sealed record HistoryEntry(long Id, JobLease Lease, string Worker, Guid Operation, EntryKind Kind, string? Detail = null);
