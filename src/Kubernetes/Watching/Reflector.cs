using Microsoft.Extensions.Logging;
using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Objects;

namespace PodEngine.Kubernetes.Watching;

/// <summary>
/// The loop behind an informer: list, watch, resume, list again. It ends only when cancelled. What it keeps between attempts is one
/// resource version, so that reconnecting costs no memory and, unless history was lost, no list.
/// </summary>
internal sealed class Reflector<T>
    where T : KubernetesObject
{
    /// <summary>A watch that ends sooner and without an event counts as failed, so that a server that hangs up at once is not hammered.</summary>
    private static readonly TimeSpan ShortestWatch = TimeSpan.FromSeconds(1);

    /// <summary>After so many refusals in a row a list settles whether the version is to blame.</summary>
    private const int RefusalsBeforeList = 3;

    /// <summary>The longest <c>Retry-After</c> that is heeded: a server that names a day has a fault of its own.</summary>
    private static readonly TimeSpan LongestAsked = TimeSpan.FromMinutes(5);

    private readonly KubernetesClient client;
    private readonly ResourceType<T> type;
    private readonly InformerOptions options;
    private readonly IReflectorSink<T> sink;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Backoff backoff;
    private readonly string resource;
    private string? version;
    private string listCause = "start";
    private int failures;
    private int expirations;
    private TimeSpan asked;
    private long outageSince;
    private long lastContact;
    private volatile string? outage;

    public Reflector(
        KubernetesClient client, ResourceType<T> type, InformerOptions options, IReflectorSink<T> sink, TimeProvider time, ILogger logger)
    {
        (this.client, this.type, this.options, this.sink, this.time, this.logger) = (client, type, options, sink, time, logger);
        backoff = new Backoff(options.FirstBackoff, options.LongestBackoff);
        resource = type.ToString();
        lastContact = time.GetTimestamp();
    }

    /// <summary>Time since the last byte; read by anyone.</summary>
    public TimeSpan Silence => time.GetElapsedTime(Volatile.Read(ref lastContact));

    /// <summary>Why the last attempt failed, while none has succeeded since; read by anyone.</summary>
    public string? Outage => outage;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!await TryFollowAsync(cancellationToken))
                {
                    var wait = backoff.Jittered(failures);
                    await Task.Delay(wait > asked ? wait : asked, time, cancellationToken);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped, as asked.
        }
    }

    /// <summary>One attempt; true when the next may follow at once.</summary>
    private async Task<bool> TryFollowAsync(CancellationToken cancellationToken)
    {
        asked = TimeSpan.Zero;
        try
        {
            version ??= await ListAsync(cancellationToken);
            if (await WatchAsync(cancellationToken))
            {
                return true;
            }

            failures++;
        }
        catch (KubernetesException refusal) when (refusal.IsExpired)
        {
            // The server answers again: the wait does not go on where the outage before had come to. Only what expires again and again waits longer.
            failures = ++expirations;
            (version, listCause) = (null, "expired");
            Log.Expired(logger, resource);
        }
#pragma warning disable CA1031 // Whatever went wrong, the loop goes on: an operator must not go deaf.
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            failures++;
            if (fault is KubernetesException refusal)
            {
                Heed(refusal);
            }

            NoteFault(fault);
        }

        return false;
    }

    /// <summary>Concludes from a refusal how long to wait, and whether to list. A server that sheds load is not to be asked for more than a watch.</summary>
    private void Heed(KubernetesException refusal)
    {
        asked = refusal.RetryAfter is { } wait ? (wait < LongestAsked ? wait : LongestAsked) : TimeSpan.Zero;
        if (failures >= RefusalsBeforeList && !refusal.IsOverloaded)
        {
            (version, listCause) = (null, "refused");
        }
    }

    private async Task<string> ListAsync(CancellationToken cancellationToken)
    {
        Telemetry.Relists.Add(1, Telemetry.Tag("resource", resource), Telemetry.Tag("cause", listCause));
        var reader = new PageReader<T>(client, type, options.Objects);
        HashSet<ResourceKey> seen = [];
        await foreach (var page in reader.ReadAsync(cancellationToken))
        {
            Contact();
            if (page.IsFirst)
            {
                seen.Clear();
            }

            foreach (var entity in page.Items)
            {
                seen.Add(entity.Key());
                sink.Seen(entity.Key(), entity, isFromList: true);
            }

            foreach (var (key, fault) in page.Unreadable)
            {
                seen.Add(key);
                Log.Unreadable(logger, fault, resource, key);
            }
        }

        foreach (var key in sink.Known())
        {
            if (!seen.Contains(key))
            {
                sink.Gone(key, isFromList: true);
            }
        }

        sink.Listed();
        return reader.ResourceVersion;
    }

    /// <summary>One watch; true when it was one, false when the server ended it at once.</summary>
    private async Task<bool> WatchAsync(CancellationToken cancellationToken)
    {
        var request = new WatchRequest
        {
            Objects = options.Objects,
            ResourceVersion = version!,
            Duration = options.WatchDuration,
            IdleTimeout = options.IdleTimeout,
        };
        var startedAt = time.GetTimestamp();
        var hadEvents = false;
        await foreach (var change in client.WatchAsync(type, request, ContactOfWatch, cancellationToken))
        {
            Take(change);
            version = change.ResourceVersion;
            hadEvents = true;
            failures = expirations = 0;
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (!hadEvents && time.GetElapsedTime(startedAt) < ShortestWatch)
        {
            return false;
        }

        failures = expirations = 0;
        return true;
    }

    private void Take(WatchEvent<T> change)
    {
        switch (change)
        {
            case { Type: WatchEventType.Deleted }:
                sink.Gone(change.Key, isFromList: false);
                break;
            case { Fault: { } fault }:
                Log.Unreadable(logger, fault, resource, change.Key);
                break;
            case { Entity: { } entity }:
                sink.Seen(change.Key, entity, isFromList: false);
                break;
        }
    }

    private void Contact() => Volatile.Write(ref lastContact, time.GetTimestamp());

    private void ContactOfWatch()
    {
        Contact();
        if (outage is not null)
        {
            outage = null;
            Log.OutageEnded(logger, resource, time.GetElapsedTime(outageSince).TotalSeconds);
        }
    }

    private void NoteFault(Exception fault)
    {
        Telemetry.WatchFaults.Add(1, Telemetry.Tag("resource", resource));
        if (outage is null)
        {
            outageSince = time.GetTimestamp();
            if (fault is KubernetesException { IsKindMissing: true })
            {
                Log.KindMissing(logger, resource);
            }
            else
            {
                Log.OutageBegan(logger, resource, fault.Message);
            }
        }
        else
        {
            Log.AttemptFailed(logger, resource, failures, fault.Message);
        }

        outage = fault.Message;
    }
}
