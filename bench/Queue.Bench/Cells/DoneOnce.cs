using PodEngine.Queue.Bench.Contenders;
using PodEngine.Queue.Bench.Roles;

namespace PodEngine.Queue.Bench.Cells;

/// <summary>Checks what no speed makes up for: every job was done, and once.</summary>
internal static class DoneOnce
{
    /// <summary>Notes what is missing and what was done twice: of our own queue that fails the run.</summary>
    public static async Task CheckAsync(BenchRun run, Scene scene, string cell, long expected)
    {
        var reports = await Task.WhenAll(scene.Workers.Select(worker => worker.ReportAsync()));
        Check(run, scene.Contender, cell, expected, [.. reports.SelectMany(report => report.Numbers!)]);
    }

    /// <inheritdoc cref="CheckAsync"/>
    public static void Check(BenchRun run, Contender contender, string cell, long expected, List<long> numbers)
    {
        var distinct = numbers.Distinct().Count();
        if (distinct != expected)
        {
            run.Findings.AddFault(contender, $"{cell}: {contender.Name} did {distinct} of {expected} jobs");
        }

        if (distinct != numbers.Count)
        {
            run.Findings.AddFault(contender, $"{cell}: {contender.Name} did {numbers.Count - distinct} jobs more than once");
        }
    }

    /// <summary>How long each job waited from the call that inserted it to the begin of its handler, in microseconds, with the moment of the call.</summary>
    public static IEnumerable<(long Called, long Waited)> Waits(IEnumerable<Answer> reports) =>
        reports.SelectMany(report => report.Numbers!.Zip(report.Starts!, (number, start) => (number / 100, start - (number / 100))));
}
