using PodEngine.Ledger;
using PodEngine.Queue;

namespace PodEngine.Pipeline.Attempts;

/// <summary>The job's own log, read by the user. Best effort: a line is lost rather than a job held up.</summary>
internal sealed class JobLog(IJobLedger ledger, JobId job, string worker, TimeProvider time)
{
    private const int MaxLength = 4096;

    public Task InfoAsync(string message) => WriteAsync("info", message);

    public Task WarnAsync(string message) => WriteAsync("warning", message);

    public Task ErrorAsync(string message) => WriteAsync("error", message);

    private async Task WriteAsync(string level, string message)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(2), time);
        try
        {
            await ledger.AppendLogAsync(job, new LogLine(level, worker, message.Length <= MaxLength ? message : message[..MaxLength]), deadline.Token);
        }
        catch (Exception failure) when (failure is QueueUnavailableException or QueueRefusedException or OperationCanceledException)
        {
            // The store is away, and the worker says so; or the line cannot be kept, as that of a job forgotten at this moment.
        }
    }
}
