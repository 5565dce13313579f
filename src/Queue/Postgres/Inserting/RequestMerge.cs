using PodEngine.Queue.Lifecycle;

namespace PodEngine.Queue.Postgres.Inserting;

/// <summary>
/// Applies requests one after the other to the jobs known, so that several for one id come out as one change. A job neither inserted nor known is one
/// that retention took away: it stays as it is.
/// </summary>
internal sealed class RequestMerge(IReadOnlyDictionary<JobId, InsertedRow> rows, IEnumerable<StoredJob> known, DateTimeOffset now)
{
    private readonly Dictionary<JobId, StoredJob> _before = known.ToDictionary(job => job.Facts.Id);
    private readonly Dictionary<JobId, StoredJob> _after = [];
    private readonly List<JobId> _inserted = [];

    public IEnumerable<StoredJob> Inserted => _inserted.Select(id => _after[id]);

    public IEnumerable<(StoredJob Before, JobStanding After)> Updated =>
        _before.Values.Where(job => _after.ContainsKey(job.Facts.Id)).Select(job => (job, _after[job.Facts.Id].Standing));

    public UpsertOutcome Add(JobRequest request)
    {
        var isNew = rows.TryGetValue(request.Id, out var row);
        if ((_after.GetValueOrDefault(request.Id) ?? _before.GetValueOrDefault(request.Id)) is not { } job)
        {
            return isNew ? Insert(request, row) : UpsertOutcome.Unchanged;
        }

        var standing = RequestRules.Apply(job, request, isNew ? row.CreatedAt : now);
        if (ReferenceEquals(standing, job.Standing))
        {
            return UpsertOutcome.Unchanged;
        }

        _after[request.Id] = job with { Standing = standing };
        return UpsertOutcome.Updated;
    }

    private UpsertOutcome Insert(JobRequest request, InsertedRow row)
    {
        _inserted.Add(request.Id);
        var facts = JobFacts.Of(request, row.CreatedAt) with { Sequence = row.Sequence };
        _after[request.Id] = new StoredJob(facts, RequestRules.Admit(request, row.CreatedAt));
        return UpsertOutcome.Inserted;
    }
}
