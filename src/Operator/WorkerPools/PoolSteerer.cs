using PodEngine.Kubernetes.Objects;
using PodEngine.Operator.Database;
using PodEngine.Operator.Installation;
using PodEngine.Queue;
using PodEngine.Queue.Steering;

namespace PodEngine.Operator.WorkerPools;

/// <summary>
/// Tells the workers of a pool by way of the database whether they may claim, and so lets a pool shrink. What goes without saying is not said again at
/// every look.
/// </summary>
internal sealed class PoolSteerer(IWorkerSteering steering, DatabaseHealth health, InstallationIdentity installation)
{
    private static readonly DrainReport Nobody = new([]);

    /// <summary>Holds a pool's queue or lets it go on. While the database is away it stays as it was, and nobody can claim.</summary>
    public async Task HoldAsync(ResourceKey pool, bool held, PoolMemory memory, CancellationToken cancellationToken)
    {
        // A hold is said again at every look: a lane that was just being made may have missed it.
        if (!health.IsAvailable || (!held && memory.Held.Was(false)))
        {
            return;
        }

        try
        {
            await steering.HoldAsync(QueueOf(pool), held, cancellationToken);
            memory.Held.Say(held);
        }
        catch (QueueUnavailableException)
        {
            health.Failed();
        }
    }

    /// <summary>Lets workers go that a pool shall not have any more; says how many it has to keep until then.</summary>
    public async Task<DrainStep> ShrinkAsync(ResourceKey pool, DrainView seen, PoolMemory memory, CancellationToken cancellationToken)
    {
        if (memory.Fault is { } fault)
        {
            // The Deployment is left alone, so nobody goes and nobody is kept from working. What others refused is asked for unchanged.
            await DrainAsync(pool, DrainOrder.None, memory, cancellationToken);
            return DrainStep.At(fault.IsConflict ? seen.Decision.Replicas : seen.Current ?? seen.Decision.Replicas);
        }

        var report = await DrainAsync(pool, DrainPlan.Order(seen), memory, cancellationToken);
        return DrainPlan.Conclude(seen, report);
    }

    /// <summary>Asks workers of a pool to stop claiming; null where the database cannot be asked.</summary>
    public async Task<DrainReport?> DrainAsync(ResourceKey pool, DrainOrder order, PoolMemory memory, CancellationToken cancellationToken)
    {
        if (!health.IsAvailable)
        {
            return memory.LastDrain = null;
        }

        if (order.Workers == 0 && memory.Ordered.Was(order))
        {
            return memory.LastDrain = Nobody;
        }

        try
        {
            memory.LastDrain = await steering.DrainAsync(QueueOf(pool), order.Workers, order.IdleOnly, cancellationToken);
            memory.Ordered.Say(order);
        }
        catch (QueueUnavailableException)
        {
            health.Failed();
            memory.LastDrain = null;
        }

        return memory.LastDrain;
    }

    private QueueKey QueueOf(ResourceKey pool) => new(installation.Id, pool.Namespace, pool.Name);
}
