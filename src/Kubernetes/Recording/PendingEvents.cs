using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace PodEngine.Kubernetes.Recording;

/// <summary>
/// Events that wait to be written, in the order they first happened. One that happens again while it waits takes no further place, so the bound
/// is on different events. Anyone adds; one loop takes.
/// </summary>
internal sealed class PendingEvents(int capacity)
{
    private readonly Lock gate = new();
    private readonly Dictionary<RecordedEvent, Occurrences> waiting = [];
    private readonly Channel<RecordedEvent> order = Channel.CreateUnbounded<RecordedEvent>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>How many different events wait.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return waiting.Count;
            }
        }
    }

    /// <summary>Adds an event; false when there is no room, or no more is taken.</summary>
    public bool TryAdd(RecordedEvent each, DateTimeOffset at)
    {
        lock (gate)
        {
            if (waiting.TryGetValue(each, out var known))
            {
                waiting[each] = known with { Count = known.Count + 1, Last = at };
                return true;
            }

            if (waiting.Count >= capacity || !order.Writer.TryWrite(each))
            {
                return false;
            }

            waiting[each] = new Occurrences(1, at, at);
            return true;
        }
    }

    /// <summary>Waits for an event; false once no more will come.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => order.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>Takes the event that has waited longest.</summary>
    public bool TryTake([MaybeNullWhen(false)] out RecordedEvent each, out Occurrences occurrences)
    {
        lock (gate)
        {
            occurrences = default;
            return order.Reader.TryRead(out each) && waiting.Remove(each, out occurrences);
        }
    }

    /// <summary>Takes no more events; those that wait can still be taken.</summary>
    public void Complete() => order.Writer.TryComplete();
}
