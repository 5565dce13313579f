using PodEngine.QueueWorker.Recording;

namespace PodEngine.QueueHistory.Tests.Judging;

/// <summary>
/// Walks one job's history and holds it to the fence: once anybody has learnt of a newer claim, or has written under it, nothing is accepted under an older
/// token; and nothing is accepted under a token that has had its outcome.
/// </summary>
internal sealed class FenceJudge(JobHistory history)
{
    private readonly List<string> _violations = [];
    private readonly Dictionary<long, HistoryEntry> _claims = [];
    private readonly HashSet<long> _over = [];
    private readonly HashSet<Guid> _staleOutcomes = [];
    private long _newest;
    private int _staleSent;
    private int _staleAccepted;

    public Verdict Judge()
    {
        foreach (var entry in history.Entries)
        {
            Check(entry);
        }

        return new Verdict
        {
            Violations = _violations,
            Claims = _claims.Count,
            StaleSent = _staleSent,
            StaleAccepted = _staleAccepted,
            Refused = history.Entries.Count(entry => entry.Kind is EntryKind.WriteRefused or EntryKind.OutcomeRefused),
        };
    }

    private void Check(HistoryEntry entry)
    {
        var token = entry.Lease.Token;
        var isStale = token < _newest;
        switch (entry.Kind)
        {
            case EntryKind.Claimed:
                Accept(_claims.TryAdd(token, entry), entry, $"was claimed under token {token} by {_claims[token].Worker} too");
                _newest = Math.Max(_newest, token);
                break;
            case EntryKind.WriteSent when isStale:
                _staleSent++;
                break;
            case EntryKind.Written:
                _staleAccepted += isStale ? 1 : 0;
                Accept(!isStale, entry, $"was written under token {token} after its claim under {_newest}");
                Accept(!_over.Contains(token), entry, $"was written under token {token} after that lease had its outcome");
                _newest = Math.Max(_newest, token);
                break;
            case EntryKind.OutcomeSent when isStale:
                _staleSent++;
                _staleOutcomes.Add(entry.Operation);
                break;
            case EntryKind.OutcomeAccepted:
                _staleAccepted += _staleOutcomes.Contains(entry.Operation) ? 1 : 0;
                Accept(!_staleOutcomes.Contains(entry.Operation), entry, $"had an outcome accepted that was sent under token {token} after a newer claim");
                Accept(_over.Add(token), entry, $"had two outcomes accepted under token {token}");
                break;
            default:
                break;
        }
    }

    private void Accept(bool holds, HistoryEntry entry, string otherwise)
    {
        if (!holds)
        {
            _violations.Add($"Job {history.Job} {otherwise} (entry {entry.Id} of {entry.Worker}).");
        }
    }
}
