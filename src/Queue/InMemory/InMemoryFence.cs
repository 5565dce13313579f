namespace PodEngine.Queue.InMemory;

/// <summary>
/// Lets another store in memory join the queue's fence: its writes run under the queue's own lock, so that no job changes hands while one is made.
/// Keep them short; they must not call the queue.
/// </summary>
public sealed class InMemoryFence
{
    private readonly InMemoryJobs _jobs;
    private readonly TimeProvider _time;

    internal InMemoryFence(InMemoryJobs jobs, TimeProvider time)
    {
        _jobs = jobs;
        _time = time;
    }

    /// <summary>Runs a write of an attempt, given the store's time.</summary>
    /// <exception cref="LeaseLostException">The lease is no longer the job's; the write did not run.</exception>
    public T Write<T>(JobLease lease, Func<DateTimeOffset, T> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        lock (_jobs.Gate)
        {
            return _jobs.Holds(lease) ? write(_time.GetUtcNow()) : throw new LeaseLostException(lease);
        }
    }

    /// <summary>Has something done, under the queue's lock, each time the queue forgets a job.</summary>
    public void WhenForgotten(Action<JobId> forget)
    {
        lock (_jobs.Gate)
        {
            _jobs.Forgotten += forget;
        }
    }

    /// <summary>True while the queue has the job. Ask within <see cref="Run{T}"/>.</summary>
    public bool Knows(JobId job) => _jobs.Find(job) is not null;

    /// <summary>Runs something that needs no lease, given the store's time, in the same order of things as fenced writes.</summary>
    public T Run<T>(Func<DateTimeOffset, T> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        lock (_jobs.Gate)
        {
            return work(_time.GetUtcNow());
        }
    }
}
