using PodEngine.Queue;

namespace PodEngine.Operator.Mirror;

/// <summary>
/// Decides when a change of a job is worth a write to the API server: ends and parkings at once; the first <see cref="EarlyWrites"/> at once or,
/// for mere progress, <see cref="EarlyInterval"/> apart, so that a short job costs three writes with its end; after that a new state or spec waits
/// <see cref="EarlyInterval"/>, progress <see cref="ProgressInterval"/>. What is put off stays unmirrored in the queue: nothing is lost by waiting.
/// </summary>
/// <remarks>One instance belongs to the mirror's loop and to nobody else.</remarks>
internal sealed class MirrorPacing(TimeProvider time)
{
    /// <summary>How long a job counts as short.</summary>
    public static readonly TimeSpan ShortJob = TimeSpan.FromSeconds(30);

    /// <summary>Least time between two writes that are not urgent.</summary>
    public static readonly TimeSpan EarlyInterval = TimeSpan.FromSeconds(2);

    /// <summary>Least time between two writes of mere progress of a longer job.</summary>
    public static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(30);

    /// <summary>Longest wait after a write that failed; the first waits half a second, each further one twice as long.</summary>
    public static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(10);

    /// <summary>Writes a short job may cost before its end.</summary>
    public const int EarlyWrites = 2;

    private readonly Dictionary<JobId, Pace> paces = [];
    private readonly Dictionary<JobId, (int Count, long At)> failures = [];

    /// <summary>How long to wait before this record is written; zero for now.</summary>
    public TimeSpan WaitBefore(JobRecord job)
    {
        if (failures.TryGetValue(job.Id, out var failed) && BackoffAfter(failed.Count) - time.GetElapsedTime(failed.At) is var left && left > TimeSpan.Zero)
        {
            return left;
        }

        if (MustNotWait(job) || !paces.TryGetValue(job.Id, out var pace))
        {
            return TimeSpan.Zero;
        }

        var sinceLast = time.GetElapsedTime(pace.LastWrite);
        var hasWritesLeft = pace.Writes < EarlyWrites;
        if (pace.State != job.State || pace.Generation != job.Generation)
        {
            return hasWritesLeft ? TimeSpan.Zero : Positive(EarlyInterval - sinceLast);
        }

        var sinceFirst = time.GetElapsedTime(pace.FirstWrite);
        return sinceFirst >= ShortJob ? Positive(ProgressInterval - sinceLast)
            : hasWritesLeft ? Positive(EarlyInterval - sinceLast)
            : Positive(ShortJob - sinceFirst);
    }

    /// <summary>Remembers that a record was written.</summary>
    public void Written(JobRecord job)
    {
        failures.Remove(job.Id);
        if (job.IsFinished)
        {
            paces.Remove(job.Id);
            return;
        }

        var now = time.GetTimestamp();
        paces[job.Id] = paces.TryGetValue(job.Id, out var pace)
            ? pace with { LastWrite = now, Writes = pace.Writes + 1, State = job.State, Generation = job.Generation }
            : new Pace(now, now, 1, job.State, job.Generation);
    }

    /// <summary>Remembers that a write failed: one that never succeeds must not hold up the others.</summary>
    public void Failed(JobRecord job) =>
        failures[job.Id] = (failures.TryGetValue(job.Id, out var earlier) ? earlier.Count + 1 : 1, time.GetTimestamp());

    /// <summary>Forgets a job whose PodJob is gone.</summary>
    public void Forget(JobId job)
    {
        paces.Remove(job);
        failures.Remove(job);
    }

    private static TimeSpan BackoffAfter(int count)
    {
        var doubled = TimeSpan.FromMilliseconds(250 * Math.Pow(2, Math.Min(count, 10)));
        return doubled < LongestBackoff ? doubled : LongestBackoff;
    }

    private static bool MustNotWait(JobRecord job) => job.IsFinished || job.State is JobState.Suspended or JobState.AwaitingApproval;

    private static TimeSpan Positive(TimeSpan wait) => wait > TimeSpan.Zero ? wait : TimeSpan.Zero;

    private readonly record struct Pace(long FirstWrite, long LastWrite, int Writes, JobState State, long Generation);
}
