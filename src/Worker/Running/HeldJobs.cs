using System.Collections.Concurrent;
using PodEngine.Queue;

namespace PodEngine.Worker.Running;

/// <summary>The jobs this worker holds. The claim loop adds, each job's runner removes, the heartbeat reads.</summary>
internal sealed class HeldJobs
{
    private readonly ConcurrentDictionary<JobLease, HeldJob> _jobs = new();

    public int Count => _jobs.Count;

    public IReadOnlyCollection<JobLease> Leases => [.. _jobs.Keys];

    public IEnumerable<HeldJob> All => _jobs.Values;

    public void Add(HeldJob job) => _jobs[job.Lease] = job;

    public void Remove(HeldJob job) => _jobs.TryRemove(job.Lease, out _);

    public HeldJob? Find(JobLease lease) => _jobs.GetValueOrDefault(lease);
}
