using PodEngine.Queue.Steering;
using PodEngine.Queue.Waking;

namespace PodEngine.Queue.Postgres;

public sealed partial class PostgresJobQueue : IWorkerSteering
{
    /// <inheritdoc/>
    public async Task HoldAsync(QueueKey queue, bool held, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(queue);
        var changed = await TransactAsync((connection, token) => _steerer.HoldAsync(connection, queue, held, token), cancellationToken);
        if (changed > 0 && !held)
        {
            Announce(WakeTopics.Lane(queue));
        }
    }

    /// <inheritdoc/>
    public Task<DrainReport> DrainAsync(QueueKey queue, int workers, bool idleOnly, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(queue);
        ArgumentOutOfRangeException.ThrowIfNegative(workers);
        return TransactAsync((connection, token) => _steerer.DrainAsync(connection, queue, workers, idleOnly, token), cancellationToken);
    }
}
