using PodEngine.Queue;

namespace PodEngine.Cli.Reports;

/// <summary>The end of a run in numbers.</summary>
/// <param name="Jobs">Jobs run.</param>
/// <param name="Completed">Jobs that ended well.</param>
/// <param name="Failed">Jobs that ended badly or were cancelled.</param>
/// <param name="Images">Pictures stored.</param>
/// <param name="Products">Products made.</param>
internal sealed record RunSummary(int Jobs, int Completed, int Failed, int Images, int Products)
{
    /// <summary>Counts jobs at their end.</summary>
    public static RunSummary Of(IReadOnlyCollection<JobReport> jobs) => new(
        jobs.Count,
        jobs.Count(job => job.Record.State == JobState.Completed),
        jobs.Count(job => job.Record.State is JobState.Failed or JobState.Cancelled),
        jobs.Sum(job => job.ImagesStored),
        jobs.Sum(job => job.ProductsMade));

    /// <summary><c>jobs=N completed=N failed=N images=N products=N</c>: stable, for scripts.</summary>
    public override string ToString() => $"jobs={Jobs} completed={Completed} failed={Failed} images={Images} products={Products}";
}
