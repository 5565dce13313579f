using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Objects;
using PodEngine.Kubernetes.Objects.Events;

namespace PodEngine.Kubernetes.Recording;

/// <summary>One loop of an <see cref="EventRecorder"/>: the events of some objects, in order. All but what waits belongs to the loop.</summary>
internal sealed class EventWriter
{
    private readonly KubernetesClient client;
    private readonly EventRecorderOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly PendingEvents pending;

    // By object and reason: the events written of it lately, oldest first.
    private readonly RecentlyUsed<RecordedEvent, List<EventSeriesState>> series;
    private readonly RecentlyUsed<string, TokenBucket> buckets;
    private readonly Loop loop = new();
    private readonly long origin;

    public EventWriter(KubernetesClient client, EventRecorderOptions options, TimeProvider time, ILogger logger)
    {
        (this.client, this.options, this.time, this.logger) = (client, options, time, logger);
        pending = new PendingEvents(ShareOf(options.Capacity));
        series = new RecentlyUsed<RecordedEvent, List<EventSeriesState>>(ShareOf(options.Remembered));
        buckets = new RecentlyUsed<string, TokenBucket>(ShareOf(options.Remembered));
        origin = time.GetTimestamp();
    }

    /// <summary>Different events that wait to be written.</summary>
    public int Waiting => pending.Count;

    /// <summary>Complete when the loop has ended; complete before it started.</summary>
    public Task Ended => loop.Ended;

    private TimeSpan Now => time.GetElapsedTime(origin);

    /// <summary>Notes an event; one that finds no room is counted and dropped.</summary>
    public void Note(RecordedEvent each)
    {
        if (!pending.TryAdd(each, time.GetUtcNow()))
        {
            Count("dropped");
        }
    }

    /// <summary>Starts writing; returns at once.</summary>
    public void Start() => loop.Start(RunAsync);

    /// <summary>Takes no more events, and ends the loop once those that wait are written.</summary>
    public void Complete() => pending.Complete();

    /// <summary>Ends the loop at once.</summary>
    public Task StopAsync() => loop.StopAsync();

    private int ShareOf(int whole) => Math.Max(1, (whole + options.Writers - 1) / options.Writers);

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        using var beat = new PeriodicTimer(options.SeriesInterval, time);
        var next = pending.WaitAsync(cancellationToken).AsTask();
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

            while (pending.TryTake(out var each, out var occurrences))
            {
                await TakeAsync(each, occurrences, cancellationToken);
            }

            next = pending.WaitAsync(cancellationToken).AsTask();
        }
    }

    private async Task TakeAsync(RecordedEvent each, Occurrences occurrences, CancellationToken cancellationToken)
    {
        var known = series.TryGet(each.WithoutNote, out var found) ? found : null;
        known?.RemoveAll(state => Now - state.LastObservedAt >= options.SeriesWindow && state.Count == state.WrittenCount);
        var same = known?.Find(state => state.Written.Note == each.Note);
        if (same is null && (known?.Count >= options.NotesPerReason || !HasToken(each)))
        {
            if (known is not { Count: > 0 })
            {
                Count("dropped");
                return;
            }

            same = known[^1];
        }

        await (same is null ? WriteFirstAsync(each, occurrences, cancellationToken) : CountOnAsync(same, occurrences, cancellationToken));
    }

    private async Task CountOnAsync(EventSeriesState known, Occurrences occurrences, CancellationToken cancellationToken)
    {
        known.Count += occurrences.Count;
        (known.LastObserved, known.LastObservedAt) = (occurrences.Last, Now);
        if (Now - known.WrittenAt >= options.SeriesInterval)
        {
            await WriteCountAsync(known, cancellationToken);
        }
    }

    private async Task WriteFirstAsync(RecordedEvent each, Occurrences occurrences, CancellationToken cancellationToken)
    {
        var name = $"{each.Regarding.Name}.{Guid.NewGuid():N}"[..Math.Min(253, (each.Regarding.Name?.Length ?? 0) + 17)];
        var written = new Event
        {
            Metadata = new ObjectMeta { Name = name, Namespace = NamespaceOf(each) },
            EventTime = occurrences.First,
            ReportingController = options.ReportingController,
            ReportingInstance = options.ReportingInstance[..Math.Min(128, options.ReportingInstance.Length)],
            Action = each.Action,
            Reason = each.Reason,
            Regarding = each.Regarding,
            Note = each.Note,
            Type = each.Type.ToString(),
            Series = occurrences.Count == 1 ? null : new EventSeries { Count = occurrences.Count, LastObservedTime = occurrences.Last },
        };
        if (await TryAsync(each, () => client.CreateAsync(BuiltIn.Events, written, cancellationToken)))
        {
            await RememberAsync(
                new EventSeriesState
                {
                    Written = each,
                    Name = name,
                    Count = occurrences.Count,
                    WrittenCount = occurrences.Count,
                    LastObserved = occurrences.Last,
                    LastObservedAt = Now,
                    WrittenAt = Now,
                },
                cancellationToken);
        }
    }

    private async Task RememberAsync(EventSeriesState written, CancellationToken cancellationToken)
    {
        if (series.TryGet(written.Written.WithoutNote, out var known))
        {
            known.Add(written);
        }
        else if (series.Add(written.Written.WithoutNote, [written], out var evicted))
        {
            await WriteCountsAsync(evicted.Value, cancellationToken);
        }
    }

    private Task WriteCountsAsync(CancellationToken cancellationToken) =>
        WriteCountsAsync(series.Items.SelectMany(static pair => pair.Value), cancellationToken);

    private async Task WriteCountsAsync(IEnumerable<EventSeriesState> states, CancellationToken cancellationToken)
    {
        foreach (var known in states.Where(static state => state.Count > state.WrittenCount).ToList())
        {
            await WriteCountAsync(known, cancellationToken);
        }
    }

    private async Task WriteCountAsync(EventSeriesState known, CancellationToken cancellationToken)
    {
        var each = known.Written;
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
        else if (series.TryGet(each.WithoutNote, out var states))
        {
            // The event expired on the API server, or cannot be written: the next occurrence is a new one.
            states.Remove(known);
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
        foreach (var (each, states) in series.Items.ToList())
        {
            if (states.TrueForAll(state => Now - state.LastObservedAt >= options.SeriesWindow))
            {
                series.Remove(each);
            }
        }

        foreach (var (target, _) in buckets.Items.Where(pair => pair.Value.IsFull(Now)).ToList())
        {
            buckets.Remove(target);
        }
    }

    private bool HasToken(RecordedEvent each)
    {
        if (!buckets.TryGet(each.Target, out var bucket))
        {
            bucket = new TokenBucket(options.Burst, options.RefillInterval, Now);
            buckets.Add(each.Target, bucket, out _);
        }

        return bucket.TryTake(Now);
    }

    private static string NamespaceOf(RecordedEvent each) => each.Regarding.Namespace is { Length: > 0 } given ? given : "default";

    private static void Count(string result) => Telemetry.Events.Add(1, Telemetry.Tag("result", result));
}
