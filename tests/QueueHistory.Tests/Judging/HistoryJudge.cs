namespace PodEngine.QueueHistory.Tests.Judging;

/// <summary>Judges whole runs.</summary>
public static class HistoryJudge
{
    public static Verdict Judge(IEnumerable<JobHistory> jobs) =>
        jobs.Select(job => new FenceJudge(job).Judge() + new EndJudge(job).Judge()).Aggregate(new Verdict(), (left, right) => left + right);
}
