using Microsoft.Extensions.Logging;
using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Objects;

namespace PodEngine.Kubernetes.Recording;

/// <summary>
/// Writes events about objects on loops of its own. Recording never waits and never fails: an event that cannot be written is logged,
/// counted and forgotten.
/// </summary>
/// <remarks>
/// Bounds: equal events within ten minutes are one event with a count; an object's reason has at most five different notes in that time,
/// further ones are counted with the last; an object has a burst of 25, then one per 5 min, and what is beyond that is counted with the last
/// event of its reason, or dropped where there is none. Several loops write side by side, so that thousands of objects that each have
/// something to tell at once are all heard; the events of one object go through one loop, in order.
/// </remarks>
public sealed class EventRecorder
{
    /// <summary>Bound of the API server on <c>note</c>, in bytes.</summary>
    private const int LongestNote = 1024;

    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(5);
    private readonly TimeProvider time;
    private readonly EventWriter[] writers;

    /// <summary>A recorder that keeps events until it is started.</summary>
    public EventRecorder(KubernetesClient client, EventRecorderOptions options, TimeProvider time, ILogger logger)
    {
        this.time = time;
        writers = [.. Enumerable.Range(0, options.Writers).Select(_ => new EventWriter(client, options, time, logger))];
    }

    /// <summary>Different events that wait to be written.</summary>
    public int Waiting => writers.Sum(static writer => writer.Waiting);

    /// <summary>Notes that something happened to an object; returns at once.</summary>
    /// <param name="regarding">The object; see <see cref="ObjectReference.To"/>.</param>
    /// <param name="type">Whether it is as expected.</param>
    /// <param name="reason">What happened, as one CamelCase word.</param>
    /// <param name="action">What was being done, as one CamelCase word.</param>
    /// <param name="note">What happened, for people; cut to 1,024 bytes.</param>
    public void Record(ObjectReference regarding, EventType type, string reason, string action, string note)
    {
        var each = new RecordedEvent(regarding, type, reason, action, Cut(note));
        writers[(uint)each.Target.GetHashCode(StringComparison.Ordinal) % (uint)writers.Length].Note(each);
    }

    /// <summary>Starts writing; returns at once. A second start does nothing.</summary>
    public void Start() => Array.ForEach(writers, static writer => writer.Start());

    /// <summary>Stops: what was recorded before is still written if that takes no more than 5 s. Harmless twice or before the start.</summary>
    public async Task StopAsync()
    {
        Array.ForEach(writers, static writer => writer.Complete());
        using var grace = new CancellationTokenSource();
        await Task.WhenAny(Task.WhenAll(writers.Select(static writer => writer.Ended)), Task.Delay(StopGrace, time, grace.Token));
        await grace.CancelAsync();
        await Task.WhenAll(writers.Select(static writer => writer.StopAsync()));
    }

    private static string Cut(string note)
    {
        while (System.Text.Encoding.UTF8.GetByteCount(note) > LongestNote)
        {
            note = note[..Math.Max(0, note.Length - Math.Max(1, (System.Text.Encoding.UTF8.GetByteCount(note) - LongestNote) / 4))];
        }

        return note;
    }
}
