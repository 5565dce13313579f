using System.Text.Json;
using PodEngine.Queue;
using PodEngine.QueueWorker.Recording;

namespace PodEngine.QueueHistory.Tests.Judging;

/// <summary>
/// Holds one job to "exactly one end, and none lost". An end is an outcome whose acceptance its worker recorded, or one whose answer was lost and that the
/// store's record names, or one the store made itself (a waiting job was cancelled, a worker was lost once too often).
/// </summary>
internal sealed class EndJudge(JobHistory history)
{
    private readonly List<string> _violations = [];
    private bool _resolved;

    public Verdict Judge()
    {
        if (history.Record is not { IsFinished: true } record)
        {
            _violations.Add($"Job {history.Job} was lost: {history.Record?.State.ToString() ?? "the store does not know it"}.");
        }
        else
        {
            JudgeEnd(record);
        }

        return new Verdict
        {
            Violations = _violations,
            Unanswered = Tries().Count(operation => operation.Sent > operation.Answered),
            ResolvedFromStore = _resolved ? 1 : 0,
        };
    }

    private void JudgeEnd(JobRecord record)
    {
        var named = NamedBy(record);
        switch (history.AcceptedEnds)
        {
            case []:
                JudgeUnrecorded(record, named);
                break;
            case [var end]:
                Require(end.Detail == record.State.ToString(), $"was told {end.Detail} and is {record.State}");
                Require(named is null || named == end.Operation, $"was ended by operation {end.Operation}, and the store says {named}");
                Require(end.Lease.Token == history.NewestToken, $"was ended under token {end.Lease.Token} though it was claimed under {history.NewestToken}");
                break;
            case var ends:
                _violations.Add($"Job {history.Job} ended {ends.Count} times: {string.Join(", ", ends.Select(end => $"{end.Detail} under token {end.Lease.Token}"))}.");
                break;
        }
    }

    /// <summary>No worker knows that it ended the job.</summary>
    private void JudgeUnrecorded(JobRecord record, Guid? named)
    {
        if (named is { } operation)
        {
            var sent = Tries().FirstOrDefault(tried => tried.Operation == operation);
            _resolved = true;
            Require(sent.Sent > sent.Answered, $"was ended by operation {operation}, of which nobody was left without an answer");
            Require(sent.Token == history.NewestToken, $"was ended under token {sent.Token} though it was claimed under {history.NewestToken}");
        }
        else
        {
            var byTheStore = record.State is JobState.Cancelled ? history.WasCancelled : record.Failure?.Code == "WorkerLostRepeatedly";
            Require(byTheStore, $"is {record.State}, and nobody has made it so");
        }
    }

    /// <summary>Every outcome that was reported: how often it was sent, and how often it was answered.</summary>
    private IEnumerable<(Guid Operation, long Token, int Sent, int Answered)> Tries() =>
        from entry in history.Entries
        where entry.Kind is EntryKind.OutcomeSent or EntryKind.OutcomeAccepted or EntryKind.OutcomeRefused
        group entry by entry.Operation into operation
        select (operation.Key, operation.First().Lease.Token,
            operation.Count(entry => entry.Kind is EntryKind.OutcomeSent), operation.Count(entry => entry.Kind is not EntryKind.OutcomeSent));

    /// <summary>The operation that ended the job by the store's record; null where the record does not say.</summary>
    private static Guid? NamedBy(JobRecord record) => record switch
    {
        { State: JobState.Completed, Result: { } result } => JsonDocument.Parse(result).RootElement.GetProperty("operation").GetGuid(),
        { State: JobState.Failed, Failure: { Code: "Drawn", Message: var operation } } => Guid.Parse(operation),
        _ => null,
    };

    private void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            _violations.Add($"Job {history.Job} {otherwise}.");
        }
    }
}
