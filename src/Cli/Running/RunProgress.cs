using System.Globalization;
using PodEngine.Cli.Reports;
using PodEngine.Queue;

namespace PodEngine.Cli.Running;

/// <summary>Tells a person how far the jobs of a run are: a line each time a job's state, step or tenth of progress changes.</summary>
internal sealed class RunProgress(TextWriter output)
{
    private readonly Dictionary<JobId, string> _told = [];

    /// <summary>Writes what is new.</summary>
    public void Show(IReadOnlyList<JobReport> jobs)
    {
        foreach (var job in jobs)
        {
            var line = Line(job);
            if (_told.GetValueOrDefault(job.Record.Id) != line)
            {
                _told[job.Record.Id] = line;
                output.WriteLine(line);
            }
        }
    }

    private static string Line(JobReport job)
    {
        var record = job.Record;
        var percent = record.Progress?.Percent ?? 0;
        var bar = new string('#', percent / 10).PadRight(10, '.');
        var step = record.IsFinished ? "" : record.Progress?.Step;
        var why = record.Failure is { } failure ? $" {failure.Code}: {failure.Message}" : record.Reason is { } reason ? $" {reason}" : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"  {record.Name,-24} [{bar}] {record.State,-11} {step,-8} images={job.ImagesStored} products={job.ProductsMade}{why}").TrimEnd();
    }
}
