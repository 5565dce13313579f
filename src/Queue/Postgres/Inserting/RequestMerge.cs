using PodEngine.Queue.Lifecycle;

namespace PodEngine.Queue.Postgres.Inserting;

/// <summary>Applies requests one after the other to the jobs known, so that several for one id come out as one change.</summary>
internal sealed class RequestMerge(IEnumerable<StoredJob> known, DateTimeOffset now)
{
    private readonly Dictionary<JobId, StoredJob> _before = known.ToDictionary(job => job.Facts.Id);
    private readonly Dictionary<JobId, StoredJob> _after = [];
    private readonly List<JobId> _inserted = [];

    public IEnumerable<StoredJob> Inserted => _inserted.Select(id => _after[id]);

    public IEnumerable<(StoredJob Before, JobStanding After)> Updated =>
        _before.Values.Where(job => _after.ContainsKey(job.Facts.Id)).Select(job => (job, _after[job.Facts.Id].Standing));

    public UpsertOutcome Add(JobRequest request)
    {
        if ((_after.GetValueOrDefault(request.Id) ?? _before.GetValueOrDefault(request.Id)) is not { } job)
        {
            _inserted.Add(request.Id);
            _after[request.Id] = new StoredJob(JobFacts.Of(request, now), RequestRules.Admit(request, now));
            return UpsertOutcome.Inserted;
        }

        var standing = RequestRules.Apply(job, request, now);
        if (ReferenceEquals(standing, job.Standing))
        {
            return UpsertOutcome.Unchanged;
        }

        _after[request.Id] = job with { Standing = standing };
        return UpsertOutcome.Updated;
    }
}
