using PodEngine.Queue.Lifecycle;

namespace PodEngine.Queue.InMemory;

/// <summary>
/// The jobs and where they wait, the tables of the store in memory. Everything is read and written under <see cref="Gate"/>; a job's place follows
/// from its standing, here and only here.
/// </summary>
internal sealed class InMemoryJobs
{
    private readonly Dictionary<JobId, Entry> _entries = [];
    private readonly List<JobId> _inserted = [];
    private readonly Dictionary<QueueKey, SortedSet<Place>> _ready = [];
    private readonly SortedSet<Place> _deferred = new(Place.Order);
    private readonly Dictionary<string, HashSet<JobId>> _held = new(StringComparer.Ordinal);
    private readonly Dictionary<JobId, long> _unmirrored = [];
    private readonly Dictionary<(QueueKey Queue, string LimitKey), DateTimeOffset> _heldKeys = [];
    private readonly Dictionary<JobId, (long Generation, string? RetryToken)> _tombstones = [];
    private long _lastToken;
    private long _lastSequence;
    private long _lastChange;

    public Lock Gate { get; } = new();

    /// <summary>Raised under <see cref="Gate"/> when a job is forgotten.</summary>
    public event Action<JobId>? Forgotten;

    /// <summary>All ids, oldest first.</summary>
    public IReadOnlyList<JobId> Inserted => _inserted;

    /// <summary>Jobs the mirror has not seen, each with its last change.</summary>
    public IEnumerable<(JobId Job, long Change)> Unmirrored => _unmirrored.Select(change => (change.Key, change.Value));

    public StoredJob? Find(JobId id) => _entries.GetValueOrDefault(id)?.Job;

    public StoredJob Get(JobId id) => _entries[id].Job;

    public bool Holds(JobLease lease) => Find(lease.Job)?.Standing.LeaseToken == lease.Token;

    public long NextToken() => ++_lastToken;

    public IReadOnlyCollection<JobId> HeldBy(string worker) => _held.GetValueOrDefault(worker) ?? [];

    public IEnumerable<StoredJob> Held(QueueKey queue) =>
        _held.Values.SelectMany(ids => ids).Select(Get).Where(job => job.Facts.Queue == queue);

    public IEnumerable<StoredJob> Ready(QueueKey queue) =>
        _ready.TryGetValue(queue, out var places) ? places.Select(place => Get(place.Job)) : [];

    /// <summary>Claimable jobs whose limit is not used up.</summary>
    public IEnumerable<StoredJob> Claimable(QueueKey queue, DateTimeOffset now) =>
        Ready(queue).Where(job => job.Facts.LimitKey is not { } key || !_heldKeys.TryGetValue((queue, key), out var until) || until <= now);

    /// <summary>Passes over the jobs of a limit until it is free again.</summary>
    public void HoldKey(JobFacts facts, DateTimeOffset until)
    {
        if (facts.LimitKey is { } key && !(_heldKeys.TryGetValue((facts.Queue, key), out var known) && known > until))
        {
            _heldKeys[(facts.Queue, key)] = until;
        }
    }

    public IEnumerable<StoredJob> Deferred(QueueKey queue) =>
        _deferred.Select(place => Get(place.Job)).Where(job => job.Facts.Queue == queue);

    public IReadOnlyList<JobId> Due(DateTimeOffset now) =>
        [.. _deferred.TakeWhile(place => place.Key <= now).Select(place => place.Job)];

    public void Insert(StoredJob job)
    {
        var entry = new Entry(job with { Facts = job.Facts with { Sequence = ++_lastSequence } });
        _entries.Add(job.Facts.Id, entry);
        _inserted.Add(job.Facts.Id);
        Put(entry);
        _unmirrored[job.Facts.Id] = ++_lastChange;
    }

    /// <summary>Stores a changed standing as the next version. False when nothing changed.</summary>
    public bool Save(StoredJob before, JobStanding after)
    {
        if (ReferenceEquals(before.Standing, after))
        {
            return false;
        }

        var entry = _entries[before.Facts.Id];
        Take(entry);
        entry.Job = before with { Standing = after };
        Put(entry);
        _unmirrored[before.Facts.Id] = ++_lastChange;
        return true;
    }

    public void Acknowledge(JobId job, IReadOnlyList<long> changes)
    {
        if (_unmirrored.TryGetValue(job, out var current) && changes.Contains(current))
        {
            _unmirrored.Remove(job);
        }
    }

    /// <summary>True when the mirror has seen the job's last change.</summary>
    public bool IsMirrored(JobId job) => !_unmirrored.ContainsKey(job);

    /// <summary>Removes a finished job that is mirrored, and remembers its id.</summary>
    public void Forget(JobId job)
    {
        if (Find(job) is { Standing.IsFinished: true } gone && IsMirrored(job))
        {
            _entries.Remove(job);
            _inserted.Remove(job);
            Forgotten?.Invoke(job);
            _tombstones[job] = (gone.Standing.Generation, gone.Standing.RetryToken);
        }
    }

    public void ForgetTombstone(JobId job) => _tombstones.Remove(job);

    /// <summary>True when a job was forgotten and the request does not ask for it anew.</summary>
    public bool IsBuried(JobRequest request) =>
        _tombstones.TryGetValue(request.Id, out var tombstone)
        && !(request.Generation > tombstone.Generation && request.RetryToken is not null && request.RetryToken != tombstone.RetryToken);

    private void Put(Entry entry)
    {
        var (facts, standing) = entry.Job;
        if (standing.State is JobState.Queued)
        {
            Lane(facts.Queue).Add(entry.ReadyPlace);
        }
        else if (standing.IsDeferred)
        {
            _deferred.Add(entry.DuePlace);
        }
        else if (standing.LeaseToken is not null)
        {
            HeldSet(standing.Worker!).Add(facts.Id);
        }
    }

    private void Take(Entry entry)
    {
        var (facts, standing) = entry.Job;
        if (standing.State is JobState.Queued)
        {
            Lane(facts.Queue).Remove(entry.ReadyPlace);
        }
        else if (standing.IsDeferred)
        {
            _deferred.Remove(entry.DuePlace);
        }
        else if (standing.LeaseToken is not null)
        {
            HeldSet(standing.Worker!).Remove(facts.Id);
        }
    }

    private SortedSet<Place> Lane(QueueKey queue) =>
        _ready.TryGetValue(queue, out var places) ? places : _ready[queue] = new SortedSet<Place>(Place.Order);

    private HashSet<JobId> HeldSet(string worker) =>
        _held.TryGetValue(worker, out var jobs) ? jobs : _held[worker] = [];

    private sealed class Entry(StoredJob job)
    {
        public StoredJob Job { get; set; } = job;

        public Place ReadyPlace => new(Job.Standing.ClaimKey, Job.Facts.Sequence, Job.Facts.Id);

        public Place DuePlace => new(Job.Standing.RunAt, Job.Facts.Sequence, Job.Facts.Id);
    }

    private readonly record struct Place(DateTimeOffset Key, long Sequence, JobId Job)
    {
        public static Comparer<Place> Order { get; } = Comparer<Place>.Create(
            (left, right) => left.Key.CompareTo(right.Key) is var byKey and not 0 ? byKey : left.Sequence.CompareTo(right.Sequence));
    }
}
