using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Objects;

namespace PodEngine.Kubernetes.Watching;

/// <summary>
/// Keeps a store equal to what the API server has of one kind, and tells subscribers of every difference.
/// </summary>
/// <remarks>
/// Flow: list page by page, compare with the store (what the list lacks was deleted meanwhile), watch from the list's version, go on from
/// the last event's version whenever a watch ends, list again when that version is too old.
/// Guarantees: the store converges to the API server's state whatever happens to connections; each object's last state is told of, states
/// in between may be skipped; a deletion is told of even if the object was created again meanwhile; nothing is told of when the projection
/// stays equal, so that writes to what is not projected (an operator's own status) cause no work.
/// It survives an API server, a CRD or a right that is missing at the start, and says so once per outage.
/// </remarks>
public sealed class Informer<T, TItem> : IInformer
    where T : KubernetesObject
{
    private readonly Reflector<T> reflector;
    private readonly Func<T, TItem> project;
    private readonly ILogger logger;
    private readonly string resource;
    private readonly Loop loop = new();
    private readonly List<Action<ResourceChange<TItem>>> subscribers = [];
    private readonly List<Action> listeners = [];
    private readonly TaskCompletionSource synced = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>An informer that keeps <paramref name="project"/> of each object; it does nothing until started.</summary>
    public Informer(
        KubernetesClient client, ResourceType<T> type, Func<T, TItem> project, TimeProvider time, ILogger logger, InformerOptions? options = null)
    {
        (this.project, this.logger, resource) = (project, logger, type.ToString());
        reflector = new Reflector<T>(client, type, options ?? new InformerOptions(), new Sink(this), time, logger);
    }

    /// <summary>The objects as last seen.</summary>
    public ResourceStore<TItem> Store { get; } = new();

    /// <inheritdoc/>
    public string Name => resource;

    /// <inheritdoc/>
    public bool IsSynced => synced.Task.IsCompletedSuccessfully;

    /// <inheritdoc/>
    public TimeSpan Silence => reflector.Silence;

    /// <inheritdoc/>
    public string? Outage => reflector.Outage;

    /// <summary>
    /// Adds a subscriber, called one change at a time on the informer's loop: it should note the key and return. Only before the start.
    /// </summary>
    public void Subscribe(Action<ResourceChange<TItem>> subscriber)
    {
        if (loop.IsStarted)
        {
            throw new InvalidOperationException($"The informer of {resource} runs already: a subscriber would miss what it has seen.");
        }

        subscribers.Add(subscriber);
    }

    /// <summary>
    /// Has <paramref name="listener"/> called on the informer's loop each time a whole list has been taken in, the first one and any after
    /// lost history: the moment to compare it with what lies elsewhere. Only before the start.
    /// </summary>
    public void WhenListed(Action listener)
    {
        if (loop.IsStarted)
        {
            throw new InvalidOperationException($"The informer of {resource} runs already: a listener would miss its lists.");
        }

        listeners.Add(listener);
    }

    /// <inheritdoc/>
    public void Start() => loop.Start(RunAsync);

    /// <inheritdoc/>
    public Task StopAsync() => loop.StopAsync();

    /// <inheritdoc/>
    public Task WaitForSyncAsync(CancellationToken cancellationToken) => synced.Task.WaitAsync(cancellationToken);

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        var tag = Telemetry.Tag("resource", resource);
        using var silence = Telemetry.ObserveWatchSilence(() => new Measurement<double>(Silence.TotalSeconds, tag));
        using var sync = Telemetry.ObserveSynced(() => new Measurement<int>(IsSynced ? 1 : 0, tag));
        await reflector.RunAsync(cancellationToken);
    }

    private void Notify(ResourceChange<TItem> change)
    {
        foreach (var subscriber in subscribers)
        {
            try
            {
                subscriber(change);
            }
#pragma warning disable CA1031 // One subscriber's fault must not make the others deaf.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                Log.SubscriberFailed(logger, fault, resource, change.Key);
            }
        }
    }

    private void TellListed()
    {
        foreach (var listener in listeners)
        {
            try
            {
                listener();
            }
#pragma warning disable CA1031 // A listener's fault is no reason to list again.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                Log.ListenerFailed(logger, fault, resource);
            }
        }
    }

    /// <summary>Takes what the reflector sees into the store and tells the subscribers of the differences.</summary>
    private sealed class Sink(Informer<T, TItem> owner) : IReflectorSink<T>
    {
        public IReadOnlyList<ResourceKey> Known() => owner.Store.Keys();

        public void Seen(ResourceKey key, T entity, bool isFromList)
        {
            if (owner.Store.Find(key) is { } known && known.ResourceVersion == entity.Metadata.ResourceVersion)
            {
                return;
            }

            TItem item;
            try
            {
                item = owner.project(entity);
            }
#pragma warning disable CA1031 // One object that cannot be projected must not hide the others.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                Log.Unreadable(owner.logger, fault, owner.resource, key);
                return;
            }

            var after = new Stored<TItem>(entity.Metadata.Uid ?? "", entity.Metadata.ResourceVersion ?? "", item);
            var before = owner.Store.Put(key, after);
            if (before is not null && before.Uid != after.Uid)
            {
                owner.Notify(new ResourceChange<TItem>(key, before, null, isFromList));
                before = null;
            }

            if (before is null || !EqualityComparer<TItem>.Default.Equals(before.Item, after.Item))
            {
                owner.Notify(new ResourceChange<TItem>(key, before, after, isFromList));
            }
        }

        public void Gone(ResourceKey key, bool isFromList)
        {
            if (owner.Store.Remove(key) is { } before)
            {
                owner.Notify(new ResourceChange<TItem>(key, before, null, isFromList));
            }
        }

        public void Listed()
        {
            if (owner.synced.TrySetResult())
            {
                Log.Synced(owner.logger, owner.resource, owner.Store.Count);
            }

            owner.TellListed();
        }
    }
}
