namespace PodEngine.Cli.Manifests;

/// <summary><c>podengine validate</c>: checks manifests as the API server would, all faults at once.</summary>
internal sealed class ValidateCommand(TextWriter output, TextWriter errors)
{
    /// <summary>Checks and returns one of <see cref="ExitCodes"/>.</summary>
    public async Task<int> RunAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var reading = await ManifestFiles.ReadAsync(paths, cancellationToken);
        foreach (var fault in reading.Faults)
        {
            await errors.WriteLineAsync(fault.ToString());
        }

        await output.WriteLineAsync($"{reading.Manifests.Count} valid, {reading.Faults.Count} faults");
        return reading.Faults.Count == 0 ? ExitCodes.Done : ExitCodes.BadInput;
    }
}
