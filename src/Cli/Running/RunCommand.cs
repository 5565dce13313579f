using PodEngine.Cli.Manifests;
using PodEngine.Cli.Reports;

namespace PodEngine.Cli.Running;

/// <summary><c>podengine run</c>: manifests to the end, in this process.</summary>
internal sealed class RunCommand(TextWriter output, TextWriter errors, TimeProvider time)
{
    /// <summary>Runs and returns one of <see cref="ExitCodes"/>.</summary>
    public async Task<int> RunAsync(RunOptions options, CancellationToken cancellationToken)
    {
        var installationId = Guid.NewGuid();
        var reading = await ManifestFiles.ReadAsync(options.Paths, cancellationToken);
        var (jobs, rejections) = LocalAdmission.Admit(new ManifestSet(reading.Manifests), installationId);
        IReadOnlyList<string> faults = [.. reading.Faults.Select(fault => fault.ToString()), .. rejections];
        if (faults.Count > 0 || jobs.Count == 0)
        {
            await ExplainAsync(faults);
            return ExitCodes.BadInput;
        }

        var storage = Path.Combine(options.OutFolder, "storage");
        try
        {
            Directory.CreateDirectory(storage);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            await ExplainAsync([$"--out {options.OutFolder}: pictures cannot be put there: {fault.Message}"]);
            return ExitCodes.BadInput;
        }

        using var logs = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Warning).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        await using var simulated = options.Simulate ? await SimulatedServices.StartAsync(cancellationToken) : null;
        await using var run = new StandaloneRun(installationId, storage, simulated, logs, time);
        await output.WriteLineAsync($"running {jobs.Count} jobs{(options.Simulate ? ", every outside service simulated" : "")}");
        var reports = await run.RunAsync(jobs, new RunProgress(output).Show, cancellationToken);

        await new RunExports(run.Storage, options.OutFolder).WriteAsync(reports, cancellationToken);
        await output.WriteLineAsync($"\n{JobTable.Render(reports, time.GetUtcNow())}\n\npictures and contact sheet: {Path.Combine(options.OutFolder, RunExports.SheetName)}");
        var summary = RunSummary.Of(reports);
        await output.WriteLineAsync($"run: {summary}");
        return summary.Completed == summary.Jobs ? ExitCodes.Done : ExitCodes.JobsFailed;
    }

    private async Task ExplainAsync(IReadOnlyList<string> faults)
    {
        await errors.WriteLineAsync(faults.Count == 0 ? "There is no PodJob in these manifests, so there is nothing to run." : "Nothing was run. Mend this first:");
        foreach (var fault in faults)
        {
            await errors.WriteLineAsync($"  {fault}");
        }
    }
}
