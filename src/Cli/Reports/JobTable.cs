using System.Globalization;

namespace PodEngine.Cli.Reports;

/// <summary>The columns of <c>kubectl get podjobs</c>, in the same order and layout.</summary>
internal static class JobTable
{
    private static readonly string[] Header = ["NAME", "PHASE", "POOL", "PRIORITY", "PROGRESS", "PRODUCTS", "ATTEMPTS", "AGE"];

    /// <summary>One line per job under a header, columns three spaces apart.</summary>
    public static string Render(IEnumerable<JobReport> jobs, DateTimeOffset now)
    {
        List<string[]> rows = [Header, .. jobs.Select(job => Row(job, now))];
        var widths = Enumerable.Range(0, Header.Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        return string.Join('\n', rows.Select(row => string.Join("   ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()));
    }

    /// <summary>An age as kubectl writes it: <c>45s</c>, <c>3m20s</c>, <c>12m</c>, <c>5h10m</c>, <c>30h</c>, <c>3d4h</c>, <c>40d</c>.</summary>
    public static string Age(TimeSpan age) => age switch
    {
        { TotalSeconds: < 120 } => $"{Math.Max(0, (int)age.TotalSeconds)}s",
        { TotalMinutes: < 10 } => Two((int)age.TotalMinutes, "m", age.Seconds, "s"),
        { TotalHours: < 3 } => $"{(int)age.TotalMinutes}m",
        { TotalHours: < 8 } => Two((int)age.TotalHours, "h", age.Minutes, "m"),
        { TotalHours: < 48 } => $"{(int)age.TotalHours}h",
        { TotalDays: < 8 } => Two(age.Days, "d", age.Hours, "h"),
        _ => $"{age.Days}d",
    };

    private static string Two(int large, string largeUnit, int small, string smallUnit) =>
        small == 0 ? $"{large}{largeUnit}" : $"{large}{largeUnit}{small}{smallUnit}";

    private static string[] Row(JobReport job, DateTimeOffset now) =>
    [
        job.Record.Name,
        job.Record.State.ToString(),
        job.Record.Queue.Pool,
        job.Record.Priority.ToString(CultureInfo.InvariantCulture),
        (job.Record.Progress?.Percent ?? 0).ToString(CultureInfo.InvariantCulture),
        job.ProductsMade.ToString(CultureInfo.InvariantCulture),
        job.Record.Attempts.ToString(CultureInfo.InvariantCulture),
        Age(now - job.Record.CreatedAt),
    ];
}
