using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Objects;
using PodEngine.Kubernetes.Objects.Coordination;

namespace PodEngine.Kubernetes.Leadership;

/// <summary>
/// Takes a Lease, renews it while it can, and releases it when stopped.
/// </summary>
/// <remarks>
/// Flow: take the lease if it is free, missing, or unchanged for its duration as seen by this process; renew every two seconds.
/// Guarantees: every write carries the resource version seen, so of two that take it at once one wins. Nobody takes it earlier than 15 s
/// after the last renewal was stored, and the holder trusts a renewal for only 10 s, counted from before it asked, both by monotonic time:
/// as long as clocks run at about the same rate, two never trust at once, whatever time of day each believes it is. Times in the Lease are
/// written for people and never compared.
/// Caveat: a process frozen in the middle of a write does not know that time passed. Writes that must not come late carry
/// <see cref="LeadershipTerm.Epoch"/> or a resource version.
/// Assumption: the Lease is not edited by hand. If it is deleted, the next one counts on from a number made of the date, so that epochs
/// still rise; one restored from a backup counts on from an old number, and <see cref="LeadershipTerm.RaiseEpochAsync"/> is for that.
/// </remarks>
public sealed class LeaderElector
{
    private static readonly DateTimeOffset EpochOrigin = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly KubernetesClient client;
    private readonly LeaderElectionOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Loop loop = new();
    private readonly Lock gate = new();
    private readonly long origin;
    private readonly ITimer deadline;
    private TaskCompletionSource<LeadershipTerm> next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LeadershipTerm? current;
    private TimeSpan trustedUntil;

    // What the loop alone knows: the lease as last seen and since when, the outage, the holder last spoken of.
    private Lease? seen;
    private TimeSpan seenSince;
    private bool isOutage;
    private string? announcedHolder;

    /// <summary>An elector that does nothing until started.</summary>
    public LeaderElector(KubernetesClient client, LeaderElectionOptions options, TimeProvider time, ILogger logger)
    {
        if (options.RenewDeadline >= options.LeaseDuration || options.RetryPeriod >= options.RenewDeadline)
        {
            throw new ArgumentException(
                $"RetryPeriod ({options.RetryPeriod}) must be less than RenewDeadline ({options.RenewDeadline}), and that less than LeaseDuration ({options.LeaseDuration}).",
                nameof(options));
        }

        (this.client, this.options, this.time, this.logger) = (client, options, time, logger);
        origin = time.GetTimestamp();
        deadline = time.CreateTimer(static state => ((LeaderElector)state!).EndIfOverdue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private TimeSpan Now => time.GetElapsedTime(origin);

    private int LeaseSeconds => (int)Math.Ceiling(options.LeaseDuration.TotalSeconds);

    /// <summary>The term under way, or null.</summary>
    public LeadershipTerm? Current
    {
        get
        {
            lock (gate)
            {
                return current is { } term && Now < trustedUntil ? term : null;
            }
        }
    }

    /// <summary>Whether this process leads, by the clock at this moment.</summary>
    public bool IsLeading => Current is not null;

    /// <summary>Starts asking for the lease; returns at once. A second start does nothing.</summary>
    public void Start() => loop.Start(RunAsync);

    /// <summary>Waits until this process leads.</summary>
    public Task<LeadershipTerm> WaitForLeadershipAsync(CancellationToken cancellationToken)
    {
        Task<LeadershipTerm> leading;
        lock (gate)
        {
            leading = next.Task;
        }

        return leading.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Ends the term and releases the lease, so that another need not wait it out: call it after the work done as leader has stopped.
    /// Complete once released, or once that proved impossible. Harmless twice or before the start.
    /// </summary>
    public async Task StopAsync()
    {
        await loop.StopAsync();
        End();
        await deadline.DisposeAsync();
        if (loop.IsStarted)
        {
            await ReleaseAsync();
        }
    }

    internal bool IsHeld(LeadershipTerm term) => ReferenceEquals(Current, term);

    /// <summary>
    /// Raises the lease's count of transitions; returns what it then is. The loop, which alone knows the lease as seen, is not told: its next
    /// renewal meets a conflict and looks again, well within the time the last one is trusted.
    /// </summary>
    internal async Task<long> RaiseEpochAsync(LeadershipTerm term, long above, CancellationToken cancellationToken)
    {
        while (true)
        {
            var lease = await client.GetAsync(BuiltIn.Leases, options.Lease, cancellationToken);
            if (!IsHeld(term) || lease.Spec?.HolderIdentity != options.Identity)
            {
                throw new OperationCanceledException($"The term is over: lease {options.Lease} is held by {lease.Spec?.HolderIdentity ?? "nobody"}.");
            }

            if (lease.Spec.LeaseTransitions is { } transitions && transitions > above)
            {
                return transitions;
            }

            try
            {
                var patch = new JsonObject { ["spec"] = new JsonObject { ["leaseTransitions"] = above + 1, ["renewTime"] = WallClock() } };
                await client.PatchAsync(BuiltIn.Leases, options.Lease, patch, Precondition.Unchanged(lease), cancellationToken);
                Log.EpochRaised(logger, options.Lease, term.Epoch, above + 1);
                return above + 1;
            }
            catch (KubernetesException refusal) when (refusal.IsConflict)
            {
                // A renewal came between, or another took the lease: the next look tells.
            }
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        var name = Telemetry.Tag("name", options.Lease.ToString());
        using var gauge = Telemetry.ObserveLeading(() => new Measurement<int>(IsLeading ? 1 : 0, name));
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await TryAsync(cancellationToken);
            await Task.Delay(options.RetryPeriod, time, cancellationToken);
        }
    }

    /// <summary>One attempt to take or renew; what fails is said once and tried again.</summary>
    private async Task TryAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.RenewDeadline / 2, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await (Current is not null && seen is { } lease ? RenewAsync(lease, either.Token) : LookAsync(either.Token));
            if (isOutage)
            {
                isOutage = false;
                Log.Recovered(logger, options.Lease);
            }
        }
        catch (KubernetesException refusal) when (refusal.IsConflict || refusal.IsAlreadyExists)
        {
            // Somebody wrote first: the next attempt sees whom.
            seen = null;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested
            && fault is KubernetesException or KubernetesUnreachableException or InvalidDataException or OperationCanceledException)
        {
            if (!isOutage)
            {
                isOutage = true;
                Log.Failed(logger, options.Lease, fault.Message);
            }
        }
    }

    private async Task RenewAsync(Lease lease, CancellationToken cancellationToken)
    {
        var askedAt = Now;
        var patch = new JsonObject { ["spec"] = new JsonObject { ["renewTime"] = WallClock() } };
        Note(await client.PatchAsync(BuiltIn.Leases, options.Lease, patch, Precondition.Unchanged(lease), cancellationToken));
        Trust(askedAt);
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var found = await client.FindAsync(BuiltIn.Leases, options.Lease, cancellationToken);
        if (found is not null)
        {
            Note(found);
            if (Current is not null && found.Spec?.HolderIdentity == options.Identity)
            {
                await RenewAsync(found, cancellationToken);
                return;
            }
        }

        EndBecauseLost();
        if (found is null)
        {
            await CreateAsync(cancellationToken);
        }
        else if (MayTake(found))
        {
            await TakeAsync(found, cancellationToken);
        }
        else
        {
            Announce(found.Spec?.HolderIdentity);
        }
    }

    private bool MayTake(Lease lease) => string.IsNullOrEmpty(lease.Spec?.HolderIdentity)
        || lease.Spec.HolderIdentity == options.Identity
        || Now - seenSince >= TimeSpan.FromSeconds(lease.Spec.LeaseDurationSeconds ?? 0);

    private async Task TakeAsync(Lease found, CancellationToken cancellationToken)
    {
        var askedAt = Now;
        var patch = new JsonObject
        {
            ["spec"] = new JsonObject
            {
                ["holderIdentity"] = options.Identity,
                ["leaseDurationSeconds"] = LeaseSeconds,
                ["acquireTime"] = WallClock(),
                ["renewTime"] = WallClock(),
                ["leaseTransitions"] = (found.Spec?.LeaseTransitions ?? 0) + 1,
            },
        };
        var taken = await client.PatchAsync(BuiltIn.Leases, options.Lease, patch, Precondition.Unchanged(found), cancellationToken);
        Note(taken);
        Begin(taken, askedAt);
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var lease = new Lease
        {
            Metadata = new ObjectMeta { Name = options.Lease.Name, Namespace = options.Lease.Namespace },
            Spec = new LeaseSpec
            {
                HolderIdentity = options.Identity,
                LeaseDurationSeconds = LeaseSeconds,
                AcquireTime = now,
                RenewTime = now,
                LeaseTransitions = (int)Math.Clamp((now - EpochOrigin).TotalSeconds, 1, int.MaxValue / 2),
            },
        };
        var askedAt = Now;
        var created = await client.CreateAsync(BuiltIn.Leases, lease, cancellationToken);
        Note(created);
        Begin(created, askedAt);
    }

    /// <summary>Releases the lease if it is ours: by a fresh look, because the loop may have been stopped between asking and being told.</summary>
    private async Task ReleaseAsync()
    {
        var patch = new JsonObject { ["spec"] = new JsonObject { ["holderIdentity"] = null, ["leaseDurationSeconds"] = 1, ["renewTime"] = WallClock() } };
        using var limit = new CancellationTokenSource(options.RetryPeriod, time);
        try
        {
            if (await client.FindAsync(BuiltIn.Leases, options.Lease, limit.Token) is { } lease && lease.Spec?.HolderIdentity == options.Identity)
            {
                await client.PatchAsync(BuiltIn.Leases, options.Lease, patch, Precondition.Unchanged(lease), limit.Token);
                Log.Released(logger, options.Lease, lease.Spec.LeaseTransitions ?? 0);
            }
        }
        catch (Exception fault) when (fault is KubernetesException or KubernetesUnreachableException or OperationCanceledException)
        {
            // Taken by another, or the API server is away: the lease runs out by itself.
            Log.Failed(logger, options.Lease, fault.Message);
        }
    }

    /// <summary>Remembers the lease, and since when this process has seen it like that.</summary>
    private void Note(Lease lease)
    {
        if (seen?.Metadata.ResourceVersion != lease.Metadata.ResourceVersion || seen?.Metadata.Uid != lease.Metadata.Uid)
        {
            seenSince = Now;
        }

        seen = lease;
    }

    private void Begin(Lease lease, TimeSpan askedAt)
    {
        var term = new LeadershipTerm(this, lease.Spec?.LeaseTransitions ?? 0);
        lock (gate)
        {
            current = term;
        }

        announcedHolder = null;
        Trust(askedAt);
        Log.Leading(logger, options.Identity, options.Lease, term.Epoch);
        next.TrySetResult(term);
    }

    private void Trust(TimeSpan askedAt)
    {
        lock (gate)
        {
            trustedUntil = askedAt + options.RenewDeadline;
            var left = trustedUntil - Now;
            deadline.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    private void EndIfOverdue()
    {
        TimeSpan left;
        lock (gate)
        {
            left = trustedUntil - Now;
            if (current is not null && left > TimeSpan.Zero)
            {
                deadline.Change(left, Timeout.InfiniteTimeSpan);
                return;
            }
        }

        EndBecauseLost();
    }

    private void EndBecauseLost()
    {
        if (End() is { } term)
        {
            Log.Lost(logger, options.Lease, term.Epoch);
        }
    }

    private LeadershipTerm? End()
    {
        LeadershipTerm? ended;
        lock (gate)
        {
            ended = current;
            current = null;
            if (next.Task.IsCompleted)
            {
                next = new TaskCompletionSource<LeadershipTerm>(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        ended?.End();
        return ended;
    }

    private void Announce(string? holder)
    {
        if (announcedHolder != holder)
        {
            announcedHolder = holder;
            Log.StandingBy(logger, options.Lease, holder);
        }
    }

    private string WallClock() => time.GetUtcNow().UtcDateTime.ToString(KubernetesTime.MicrosFormat, CultureInfo.InvariantCulture);
}
