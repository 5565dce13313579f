namespace PodEngine.Queue.Bench.Roles;

/// <summary>What the handlers of a process did, for the bench to check that every job was done once. Written by handlers, read by the conversation.</summary>
internal sealed class HandledJobs(bool timed)
{
    private readonly Lock _gate = new();
    private readonly List<long> _numbers = [];
    private readonly List<long> _starts = [];
    private long _first;

    public void Add(long number)
    {
        lock (_gate)
        {
            if (_first == 0)
            {
                _first = Moment.Micros;
            }

            _numbers.Add(number);
            if (timed)
            {
                _starts.Add(Moment.Micros);
            }
        }
    }

    /// <summary>Begins anew.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _numbers.Clear();
            _starts.Clear();
            _first = 0;
        }
    }

    /// <summary>The count only, to be sent often.</summary>
    public Answer Progress()
    {
        lock (_gate)
        {
            return new Answer { Kind = Answer.Handled, Count = _numbers.Count, FirstMicros = _first };
        }
    }

    /// <summary>Everything.</summary>
    public Answer Report()
    {
        lock (_gate)
        {
            return new Answer { Kind = Answer.Report, Count = _numbers.Count, FirstMicros = _first, Numbers = [.. _numbers], Starts = [.. _starts] };
        }
    }
}
