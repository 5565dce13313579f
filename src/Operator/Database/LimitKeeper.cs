using PodEngine.Operator.Hosting;
using PodEngine.Queue;

namespace PodEngine.Operator.Database;

/// <summary>
/// Every five seconds forgets what no longer counts of the limits that workers share: old grants, and slots of workers that are gone. A killed worker's
/// slots are so free within 15 s, its lease and one beat.
/// </summary>
internal sealed class LimitKeeper(OperatorStores stores, DatabaseHealth health, TimeProvider time)
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    /// <summary>Keeps it until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                if (health.IsAvailable)
                {
                    await stores.Limits.MaintainAsync(cancellationToken);
                }
            }
            catch (QueueUnavailableException)
            {
                health.Failed();
            }

            await Task.Delay(Beat, time, cancellationToken);
        }
    }
}
