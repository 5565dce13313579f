namespace PodEngine.Kubernetes;

/// <summary>
/// A task with an owner: started at most once, and whoever stops it waits until it has ended. Stopping twice, or before starting, is
/// harmless; a loop stopped before it started never starts.
/// </summary>
#pragma warning disable CA1001 // The token source has neither timer nor handle, and must outlive a second stop.
internal sealed class Loop
#pragma warning restore CA1001
{
    private readonly Lock gate = new();
    private readonly CancellationTokenSource stop = new();
    private Task? running;
    private bool isStopping;

    public bool IsStarted => running is not null;

    /// <summary>Complete when the loop has ended by itself or otherwise; complete before it started.</summary>
    public Task Ended => running ?? Task.CompletedTask;

    public void Start(Func<CancellationToken, Task> run)
    {
        lock (gate)
        {
            if (running is null && !isStopping)
            {
                running = Task.Run(() => run(stop.Token));
            }
        }
    }

    public async Task StopAsync()
    {
        Task? ending;
        lock (gate)
        {
            ending = running;
            isStopping = true;
        }

        await stop.CancelAsync();
        try
        {
            await (ending ?? Task.CompletedTask);
        }
        catch (OperationCanceledException)
        {
            // Stopped, as asked.
        }
    }
}
