namespace PodEngine.Queue.Limits;

/// <summary>
/// Limits that all workers keep together: so many actions in a window (rate), so many at a time (concurrency). Two stores keep this contract, PostgreSQL
/// and memory, and one suite of tests proves both.
/// <para>Flow: reserve permits, act at once; or open a slot, act, close it. The store keeps what was granted; the numbers of a limit come with each call,
/// from the settings of a pool or an endpoint.</para>
/// <para>Guarantees: in no window of a rate's length, wherever it begins, are more of its permits used than it has; never are more slots open than
/// allowed. Of a rate that everybody wants at most a tenth is lost. A key that is used up delays nobody who asks for another key, and asking for it again
/// before its time costs the store nothing.</para>
/// <para>Assumes that everybody gives a key the same numbers. While they differ, each grant keeps to the numbers it was asked with.</para>
/// <para>Caveats: what is counted is the moment of the answer; how long the action takes to arrive is the network's. A worker that is frozen between
/// answer and action acts late. Who asks next is not decided: limits are not queues.</para>
/// </summary>
public interface ISharedLimits
{
    /// <summary>
    /// Takes the permits of all demands, or none: one action may count in several limits. No demands are granted.
    /// </summary>
    /// <param name="demands">Each key once, the narrowest limit first.</param>
    /// <param name="cancellationToken">Ends the waiting for the store's answer.</param>
    /// <exception cref="QueueUnavailableException">The store cannot be reached, and what this process has in stock does not suffice.</exception>
    ValueTask<RateDecision> ReserveAsync(IReadOnlyList<RateDemand> demands, CancellationToken cancellationToken);

    /// <summary>
    /// Takes one of <paramref name="max"/> slots for a worker that the queue knows and hears. It is held until it is closed, its worker leaves, or
    /// <see cref="MaintainAsync"/> finds the worker silent for a lease length.
    /// </summary>
    /// <param name="key">The limit.</param>
    /// <param name="max">Slots at a time, at least 1.</param>
    /// <param name="workerId">The worker; one that has sent no heartbeat within the lease length gets nothing.</param>
    /// <param name="cancellationToken">Ends the waiting; a slot that was opened all the same is closed with the next call.</param>
    /// <exception cref="QueueUnavailableException">The store cannot be reached; a slot that was opened all the same is closed with the next call.</exception>
    Task<SlotDecision> OpenSlotAsync(LimitKey key, int max, string workerId, CancellationToken cancellationToken);

    /// <summary>Gives a slot back. Twice is harmless.</summary>
    /// <exception cref="QueueUnavailableException">The store cannot be reached; the slot is closed with the next call.</exception>
    Task CloseSlotAsync(LimitSlot slot, CancellationToken cancellationToken);

    /// <summary>
    /// The leader's duties, safe to run anywhere and twice, every few seconds: forgets grants that no longer count, in small batches, and takes slots from
    /// workers that are gone. Returns how many grants and slots went.
    /// </summary>
    Task<int> MaintainAsync(CancellationToken cancellationToken);
}
