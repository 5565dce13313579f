using PodEngine.Queue;

namespace PodEngine.QueueHistory.Tests.Running;

/// <summary>Does the leader's duties once a second, through whatever goes wrong, until it is disposed.</summary>
internal sealed class Leader : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly IJobQueue _queue;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _leading;

    public Leader(IJobQueue queue)
    {
        _queue = queue;
        _leading = LeadAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _leading;
        _stopping.Dispose();
    }

    private async Task LeadAsync()
    {
        using var timer = new PeriodicTimer(Interval, TimeProvider.System);
        try
        {
            do
            {
                await MaintainAsync();
            }
            while (await timer.WaitForNextTickAsync(_stopping.Token));
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Asked to end.
        }
    }

    private async Task MaintainAsync()
    {
        try
        {
            await _queue.MaintainAsync(_stopping.Token);
        }
        catch (QueueUnavailableException)
        {
            // The next time.
        }
    }
}
