using PodEngine.Queue;

namespace PodEngine.Worker.Running;

/// <summary>How the attempts of this worker ended, for its heartbeat to tell. Runners write, the heartbeat reads.</summary>
internal sealed class OutcomeTally
{
    private long _completed;
    private long _failed;

    public long Completed => Interlocked.Read(ref _completed);

    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>Counts an outcome the store has accepted.</summary>
    public void Count(AttemptOutcome outcome)
    {
        switch (outcome)
        {
            case AttemptOutcome.Completed:
                Interlocked.Increment(ref _completed);
                break;
            case AttemptOutcome.Failed:
                Interlocked.Increment(ref _failed);
                break;
            default:
                break;
        }
    }
}
