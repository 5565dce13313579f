using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Objects;
using PodEngine.Kubernetes.Watching;

namespace PodEngine.Kubernetes.Reconciling;

/// <summary>
/// Calls an <see cref="IEntityController{TItem}"/> for every object of an informer that appears, changes or goes, and for every object that
/// another informer's change concerns. It does not own the informers: an operator keeps them running while it waits to lead. Until it is
/// started it notes nothing, however long that takes; then it begins with every object there is.
/// </summary>
/// <remarks>
/// One reconcile per object at a time, <see cref="ControllerOptions.Workers"/> at once. A reconcile that throws or runs out of time is
/// repeated with backoff and stops nothing else. No reconcile begins before every informer it reads has a whole list.
/// </remarks>
public sealed class Controller<T, TItem> : IController, IAsyncDisposable
    where T : KubernetesObject
{
    private static readonly string[] Results = ["success", "requeue_after", "terminal", "error", "cancelled"];

    private readonly Informer<T, TItem> informer;
    private readonly IEntityController<TItem> reconciler;
    private readonly ControllerOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly WorkQueue<ResourceKey> queue;
    private readonly List<IInformer> sources;
    private readonly Loop loop = new();
    private readonly KeyValuePair<string, object?> tag;

    // Objects whose deletion a watch told of, until they are looked at: the informer's loop adds, workers take.
    private readonly ConcurrentDictionary<ResourceKey, DeletionEvidence> told = new();
    private volatile bool isStarted;

    /// <summary>A controller over an informer that has not started yet; the name is its label in logs and metrics.</summary>
    public Controller(
        string name, Informer<T, TItem> informer, IEntityController<TItem> reconciler, TimeProvider time, ILogger logger, ControllerOptions? options = null)
    {
        (Name, this.informer, this.reconciler, this.time, this.logger) = (name, informer, reconciler, time, logger);
        this.options = options ?? new ControllerOptions();
        queue = new WorkQueue<ResourceKey>(name, time, this.options.Queue);
        sources = [informer];
        tag = Telemetry.Tag("controller", name);
        informer.Subscribe(Take);
        BeginSeries();
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Keys of which anything is remembered.</summary>
    internal int Known => queue.Known;

    /// <summary>Has the objects that <paramref name="concerned"/> names looked at whenever an object of another kind appears, changes or goes.</summary>
    public Controller<T, TItem> Watches<TOther, TOtherItem>(
        Informer<TOther, TOtherItem> other, Func<ResourceChange<TOtherItem>, IEnumerable<ResourceKey>> concerned)
        where TOther : KubernetesObject
    {
        sources.Add(other);
        other.Subscribe(change =>
        {
            foreach (var key in isStarted ? concerned(change) : [])
            {
                Add(key, change);
            }
        });
        return this;
    }

    /// <summary>Has an object looked at as soon as its turn comes.</summary>
    public void Enqueue(ResourceKey key, WorkPriority priority = WorkPriority.Changed) => queue.Add(key, priority);

    /// <summary>Has an object looked at after a while.</summary>
    public void EnqueueAfter(ResourceKey key, TimeSpan delay) => queue.AddAfter(key, delay);

    /// <inheritdoc/>
    public void Start()
    {
        // Before the objects there are are looked up: what changes from now on is noted, what is there already is found.
        isStarted = true;
        loop.Start(RunAsync);
    }

    /// <inheritdoc/>
    public async Task StopAsync()
    {
        var draining = queue.ShutDownAsync();
        using var grace = new CancellationTokenSource();
        await Task.WhenAny(draining, Task.Delay(options.StopGrace, time, grace.Token));
        await grace.CancelAsync();
        await loop.StopAsync();
        await draining;
    }

    /// <summary>The same as <see cref="StopAsync"/>.</summary>
    public ValueTask DisposeAsync() => new(StopAsync());

    /// <summary>Begins every series with 0: rates and alerts see nothing in one that begins with its first fault.</summary>
    private void BeginSeries()
    {
        foreach (var result in Results)
        {
            Telemetry.Reconciles.Add(0, tag, Telemetry.Tag("result", result));
        }

        Telemetry.ReconcileErrors.Add(0, tag);
        Telemetry.TerminalReconcileErrors.Add(0, tag);
        Telemetry.ReconcilePanics.Add(0, tag);
        Telemetry.ReconcileTimeouts.Add(0, tag);
        Telemetry.ActiveWorkers.Add(0, tag);
        Telemetry.MaxConcurrentReconciles.Add(0, tag);
    }

    private void Take(ResourceChange<TItem> change)
    {
        if (isStarted && change is { After: null, IsFromList: false })
        {
            told[change.Key] = DeletionEvidence.Told;
        }
        else
        {
            told.TryRemove(change.Key, out _);
        }

        Add(change.Key, change);
    }

    private void Add<TAny>(ResourceKey key, ResourceChange<TAny> change)
    {
        if (isStarted)
        {
            queue.Add(key, change.IsFromList ? WorkPriority.Relisted : WorkPriority.Changed);
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var source in sources)
        {
            await source.WaitForSyncAsync(cancellationToken);
        }

        AddAll();
        Telemetry.MaxConcurrentReconciles.Add(options.Workers, tag);
        try
        {
            await Task.WhenAll([ResyncAsync(cancellationToken), .. Enumerable.Range(0, options.Workers).Select(_ => WorkAsync(cancellationToken))]);
        }
        finally
        {
            Telemetry.MaxConcurrentReconciles.Add(-options.Workers, tag);
        }
    }

    private async Task ResyncAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(options.ResyncInterval * (0.9 + (Random.Shared.NextDouble() * 0.2)), time, cancellationToken);
                AddAll();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped, as asked.
        }
    }

    private void AddAll()
    {
        foreach (var key in informer.Store.Keys())
        {
            queue.Add(key, WorkPriority.Relisted);
        }
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        while (await queue.TakeAsync(CancellationToken.None) is { } item)
        {
            try
            {
                await ReconcileAsync(item, cancellationToken);
            }
            finally
            {
                queue.Done(item.Key);
            }
        }
    }

    private async Task ReconcileAsync(WorkItem<ResourceKey> item, CancellationToken cancellationToken)
    {
        var startedAt = time.GetTimestamp();
        Telemetry.ActiveWorkers.Add(1, tag);
        using var limit = new CancellationTokenSource(options.ReconcileTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        string result;
        try
        {
            var outcome = await (informer.Store.TryGet(item.Key, out var entity)
                ? reconciler.ReconcileAsync(item.Key, entity, either.Token)
                : DeletedAsync(item.Key, either.Token));
            result = Settle(item.Key, outcome);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            result = "cancelled";
        }
        catch (WriteWithheldException withheld)
        {
            // No fault of the object's. The term ends in a moment; should it not, the object is looked at again.
            result = "cancelled";
            Log.Withheld(logger, Name, item.Key, withheld.Message, queue.Retry(item.Key).TotalMilliseconds);
        }
#pragma warning disable CA1031 // One object's fault must not stop the others.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            result = "error";
            Repeat(item, fault, limit.IsCancellationRequested);
        }

        Telemetry.ActiveWorkers.Add(-1, tag);
        Telemetry.Reconciles.Add(1, tag, Telemetry.Tag("result", result));
        Telemetry.ReconcileSeconds.Record(time.GetElapsedTime(startedAt).TotalSeconds, tag);
    }

    private async Task<ReconcileOutcome> DeletedAsync(ResourceKey key, CancellationToken cancellationToken)
    {
        var evidence = told.TryRemove(key, out var known) ? known : DeletionEvidence.Missing;
        try
        {
            return await reconciler.DeletedAsync(key, evidence, cancellationToken);
        }
        catch when (evidence == DeletionEvidence.Told)
        {
            // The repeat knows as much.
            told.TryAdd(key, evidence);
            throw;
        }
    }

    private string Settle(ResourceKey key, ReconcileOutcome outcome)
    {
        queue.Forget(key);
        switch (outcome)
        {
            case ReconcileOutcome.AgainOutcome again:
                queue.AddAfter(key, again.After);
                return "requeue_after";
            case ReconcileOutcome.NeverOutcome never:
                Telemetry.TerminalReconcileErrors.Add(1, tag);
                Log.NeverAgain(logger, Name, key, never.Because);
                return "terminal";
            default:
                return "success";
        }
    }

    private void Repeat(WorkItem<ResourceKey> item, Exception fault, bool isTimeout)
    {
        Telemetry.ReconcileErrors.Add(1, tag);
        var wait = queue.Retry(item.Key, (fault as KubernetesException)?.RetryAfter ?? TimeSpan.Zero);
        if (isTimeout)
        {
            Telemetry.ReconcileTimeouts.Add(1, tag);
            Log.TimedOut(logger, Name, item.Key, options.ReconcileTimeout.TotalSeconds, wait.TotalMilliseconds);
        }
        else if (fault is KubernetesException { IsConflict: true, IsFieldConflict: false })
        {
            Log.Overtaken(logger, Name, item.Key, fault.Message, wait.TotalMilliseconds);
        }
        else
        {
            Log.Failed(logger, fault, Name, item.Key, item.Failures + 1, wait.TotalMilliseconds);
        }
    }
}
