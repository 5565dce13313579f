using PodEngine.Queue;
using PodEngine.QueueWorker.Recording;

namespace PodEngine.QueueHistory.Tests.Judging;

/// <summary>Everything known about one job at the end of a run.</summary>
/// <param name="Job">The job.</param>
/// <param name="Record">What the store says of it; null when it does not know it.</param>
/// <param name="WasCancelled">Whether somebody wanted it cancelled.</param>
/// <param name="Entries">What its attempts recorded, in the order of insertion.</param>
public sealed record JobHistory(JobId Job, JobRecord? Record, bool WasCancelled, IReadOnlyList<HistoryEntry> Entries)
{
    /// <summary>The highest token it was claimed under, as far as any worker knows; 0 for none.</summary>
    public long NewestToken => Entries.Select(entry => entry.Lease.Token).DefaultIfEmpty(0).Max();

    /// <summary>Outcomes that were accepted and ended the job.</summary>
    public IReadOnlyList<HistoryEntry> AcceptedEnds =>
        [.. Entries.Where(entry => entry is { Kind: EntryKind.OutcomeAccepted, Detail: nameof(JobState.Completed) or nameof(JobState.Failed) or nameof(JobState.Cancelled) })];
}
