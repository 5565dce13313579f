namespace PodEngine.Queue.Steering;

/// <summary>
/// Steers the workers of a queue while they run: through the store alone, without a restart of anybody. Both stores keep this contract beside
/// <see cref="IJobQueue"/>, and the same suite of tests proves both.
/// <para>Both methods say how things shall be, not what shall change: repeating them is harmless, and whoever steers repeats them, because workers and
/// lanes come and go meanwhile. All methods may throw <see cref="QueueUnavailableException"/>.</para>
/// </summary>
public interface IWorkerSteering
{
    /// <summary>
    /// Holds a queue, or lets it go on. While it is held nobody claims from it, workers that come later included; what is at work goes on. Lanes made
    /// later are held too; one that was being made at this very moment may be missed until the next call.
    /// </summary>
    Task HoldAsync(QueueKey queue, bool held, CancellationToken cancellationToken);

    /// <summary>
    /// Asks <paramref name="workers"/> of the queue's living workers to stop claiming, and takes the request back from all others: those that hold no
    /// job are asked first, among equals those asked already, then those with the fewest jobs, then the youngest. Workers that stop of their own
    /// accord are not asked. An asked worker gets nothing more, from the moment this returns; claims that were under way may still come through.
    /// </summary>
    /// <param name="queue">The queue they claim from.</param>
    /// <param name="workers">How many, 0 or more; as many as there are when there are fewer.</param>
    /// <param name="idleOnly">True to ask none that holds a job.</param>
    /// <param name="cancellationToken">Ends the wait for the answer.</param>
    /// <returns>The living workers as they were just before, but for <see cref="SteeredWorker.IsAsked"/>, which is as it is now.</returns>
    Task<DrainReport> DrainAsync(QueueKey queue, int workers, bool idleOnly, CancellationToken cancellationToken);
}
