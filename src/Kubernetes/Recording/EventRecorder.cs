using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Objects;
using PodEngine.Kubernetes.Objects.Events;

namespace PodEngine.Kubernetes.Recording;

/// <summary>
/// Writes events about objects on a loop of its own. Recording never waits and never fails: an event that cannot be written is logged,
/// counted and forgotten. Equal events within ten minutes are one event with a count; an object has a burst of 25, then one per 5 min.
/// </summary>
public sealed class EventRecorder
{
    /// <summary>Bound of the API server on <c>note</c>, in bytes.</summary>
    private const int LongestNote = 1024;

    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(5);
    private readonly KubernetesClient client;
    private readonly EventRecorderOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Channel<RecordedEvent> recorded;
    private readonly Dictionary<RecordedEvent, EventSeriesState> series = [];
    private readonly Dictionary<string, TokenBucket> buckets = [];
    private readonly Loop loop = new();
    private readonly long origin;

    /// <summary>A recorder that keeps events until it is started.</summary>
    public EventRecorder(KubernetesClient client, EventRecorderOptions options, TimeProvider time, ILogger logger)
    {
        (this.client, this.options, this.time, this.logger) = (client, options, time, logger);
        recorded = Channel.CreateBounded<RecordedEvent>(new BoundedChannelOptions(options.Capacity) { SingleReader = true });
        origin = time.GetTimestamp();
    }

    /// <summary>Events that wait to be written.</summary>
    public int Waiting => recorded.Reader.Count;

    private TimeSpan Now => time.GetElapsedTime(origin);

    /// <summary>Notes that something happened to an object; returns at once.</summary>
    /// <param name="regarding">The object; see <see cref="ObjectReference.To"/>.</param>
    /// <param name="type">Whether it is as expected.</param>
    /// <param name="reason">What happened, as one CamelCase word.</param>
    /// <param name="action">What was being done, as one CamelCase word.</param>
    /// <param name="note">What happened, for people; cut to 1,024 bytes.</param>
    public void Record(ObjectReference regarding, EventType type, string reason, string action, string note)
    {
        if (!recorded.Writer.TryWrite(new RecordedEvent(regarding, type, reason, action, Cut(note))))
        {
            Count("dropped");
        }
    }

    /// <summary>Starts writing; returns at once. A second start does nothing.</summary>
    public void Start() => loop.Start(RunAsync);

    /// <summary>Stops: what was recorded before is still written if that takes no more than 5 s. Harmless twice or before the start.</summary>
    public async Task StopAsync()
    {
        recorded.Writer.TryComplete();
        using var grace = new CancellationTokenSource();
        await Task.WhenAny(loop.Ended, Task.Delay(StopGrace, time, grace.Token));
        await grace.CancelAsync();
        await loop.StopAsync();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        using var beat = new PeriodicTimer(options.SeriesInterval, time);
        var next = recorded.Reader.WaitToReadAsync(cancellationToken).AsTask();
        var tick = beat.WaitForNextTickAsync(cancellationToken).AsTask();
        while (!cancellationToken.IsCancellationRequested)
        {
            var first = await Task.WhenAny(next, tick);
            if (first == tick)
            {
                await tick;
                await WriteCountsAsync(cancellationToken);
                Forget();
                tick = beat.WaitForNextTickAsync(cancellationToken).AsTask();
                continue;
            }

            if (!await next)
            {
                await WriteCountsAsync(cancellationToken);
                return;
            }

            while (recorded.Reader.TryRead(out var each))
            {
                await TakeAsync(each, cancellationToken);
            }

            next = recorded.Reader.WaitToReadAsync(cancellationToken).AsTask();
        }
    }

    private async Task TakeAsync(RecordedEvent each, CancellationToken cancellationToken)
    {
        if (series.TryGetValue(each, out var known) && Now - known.LastObservedAt < options.SeriesWindow)
        {
            known.Count++;
            (known.LastObserved, known.LastObservedAt) = (time.GetUtcNow(), Now);
            if (Now - known.WrittenAt >= options.SeriesInterval)
            {
                await WriteCountAsync(each, known, cancellationToken);
            }
        }
        else if (BucketOf(each).TryTake(Now))
        {
            await WriteFirstAsync(each, cancellationToken);
        }
        else
        {
            Count("dropped");
        }
    }

    private async Task WriteFirstAsync(RecordedEvent each, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var name = $"{each.Regarding.Name}.{Guid.NewGuid():N}"[..Math.Min(253, (each.Regarding.Name?.Length ?? 0) + 17)];
        var written = new Event
        {
            Metadata = new ObjectMeta { Name = name, Namespace = NamespaceOf(each) },
            EventTime = now,
            ReportingController = options.ReportingController,
            ReportingInstance = options.ReportingInstance[..Math.Min(128, options.ReportingInstance.Length)],
            Action = each.Action,
            Reason = each.Reason,
            Regarding = each.Regarding,
            Note = each.Note,
            Type = each.Type.ToString(),
        };
        if (await TryAsync(each, () => client.CreateAsync(BuiltIn.Events, written, cancellationToken)))
        {
            series[each] = new EventSeriesState { Name = name, LastObserved = now, LastObservedAt = Now, WrittenAt = Now };
        }
    }

    private async Task WriteCountsAsync(CancellationToken cancellationToken)
    {
        foreach (var (each, known) in series.Where(static pair => pair.Value.Count > pair.Value.WrittenCount).ToList())
        {
            await WriteCountAsync(each, known, cancellationToken);
        }
    }

    private async Task WriteCountAsync(RecordedEvent each, EventSeriesState known, CancellationToken cancellationToken)
    {
        var patch = new JsonObject
        {
            ["series"] = new JsonObject
            {
                ["count"] = known.Count,
                ["lastObservedTime"] = known.LastObserved.UtcDateTime.ToString(KubernetesTime.MicrosFormat, CultureInfo.InvariantCulture),
            },
        };
        known.WrittenAt = Now;
        if (await TryAsync(each, () => client.PatchAsync(
            BuiltIn.Events, new ResourceKey(NamespaceOf(each), known.Name), patch, Precondition.None, cancellationToken)))
        {
            known.WrittenCount = known.Count;
        }
        else
        {
            // The event expired on the API server, or cannot be written: the next occurrence is a new one.
            series.Remove(each);
        }
    }

    private async Task<bool> TryAsync(RecordedEvent each, Func<Task> write)
    {
        try
        {
            await write();
            Count("written");
            return true;
        }
        catch (Exception fault) when (fault is KubernetesException or KubernetesUnreachableException or InvalidDataException)
        {
            Count("failed");
            var key = new ResourceKey(each.Regarding.Namespace ?? "", each.Regarding.Name ?? "");
            Log.NotWritten(logger, each.Reason, each.Regarding.Kind, key, fault.Message);
            return false;
        }
    }

    private void Forget()
    {
        foreach (var (each, _) in series.Where(pair => Now - pair.Value.LastObservedAt >= options.SeriesWindow).ToList())
        {
            series.Remove(each);
        }

        foreach (var (target, _) in buckets.Where(pair => pair.Value.IsFull(Now)).ToList())
        {
            buckets.Remove(target);
        }
    }

    private TokenBucket BucketOf(RecordedEvent each)
    {
        var target = each.Regarding.Uid ?? $"{each.Regarding.Kind} {each.Regarding.Namespace}/{each.Regarding.Name}";
        if (!buckets.TryGetValue(target, out var bucket))
        {
            buckets[target] = bucket = new TokenBucket(options.Burst, options.RefillInterval, Now);
        }

        return bucket;
    }

    private static string NamespaceOf(RecordedEvent each) => each.Regarding.Namespace is { Length: > 0 } given ? given : "default";

    private static string Cut(string note)
    {
        while (System.Text.Encoding.UTF8.GetByteCount(note) > LongestNote)
        {
            note = note[..Math.Max(0, note.Length - Math.Max(1, (System.Text.Encoding.UTF8.GetByteCount(note) - LongestNote) / 4))];
        }

        return note;
    }

    private static void Count(string result) => Telemetry.Events.Add(1, Telemetry.Tag("result", result));
}
