namespace PodEngine.Operator.Database;

/// <summary>
/// Whether PostgreSQL can be used, as its keeper and everybody who met an error know it. Reconciles ask it instead of finding out one by one, and
/// what waits for the database is woken the moment it is back.
/// </summary>
internal sealed class DatabaseHealth(TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly List<Action> awakened = [];
    private long? awaySince = time.GetTimestamp();

    /// <summary>Whether it can be used; false until the schema was first found in order.</summary>
    public bool IsAvailable
    {
        get
        {
            lock (gate)
            {
                return awaySince is null;
            }
        }
    }

    /// <summary>How long it has been away; zero while it is available.</summary>
    public TimeSpan AwayFor
    {
        get
        {
            lock (gate)
            {
                return awaySince is { } since ? time.GetElapsedTime(since) : TimeSpan.Zero;
            }
        }
    }

    /// <summary>Has something called each time the database comes back.</summary>
    public void WhenBack(Action action)
    {
        lock (gate)
        {
            awakened.Add(action);
        }
    }

    /// <summary>Starts counting the time away from now: nobody has looked before.</summary>
    public void Begin()
    {
        lock (gate)
        {
            awaySince = time.GetTimestamp();
        }
    }

    /// <summary>Says that it works. True when it was away before.</summary>
    public bool Works()
    {
        List<Action> waiting;
        lock (gate)
        {
            if (awaySince is null)
            {
                return false;
            }

            awaySince = null;
            waiting = [.. awakened];
        }

        waiting.ForEach(static action => action());
        return true;
    }

    /// <summary>Says that it could not be used. True when it worked before.</summary>
    public bool Failed()
    {
        lock (gate)
        {
            var worked = awaySince is null;
            awaySince ??= time.GetTimestamp();
            return worked;
        }
    }
}
