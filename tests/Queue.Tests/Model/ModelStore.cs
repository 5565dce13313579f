using System.Collections.Immutable;
using PodEngine.Queue.Lifecycle;

namespace PodEngine.Queue.Tests.Model;

/// <summary>
/// The store of the model. Every method is one transaction, or as much of one as happens under its locks. What becomes of a job is decided by the
/// product's own rules; only the locking and the check of the token are the model's.
/// <para>Time stands still: whatever takes time (a lease running out, a retry falling due) is a step of its own that may happen at any moment.</para>
/// </summary>
internal sealed class ModelStore(ModelBounds bounds, PlantedBug bug)
{
    public static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly TimeSpan LeaseLength = TimeSpan.FromSeconds(10);

    private static readonly JobFailure Failure = new("Provider", "ProviderUnavailable", "It is down.", Retryable: true);

    /// <summary>A job that was just accepted.</summary>
    public ModelJob Accept(int job) => new(RequestRules.Admit(Request(job), Now));

    /// <summary>Gives queued jobs to a worker, all under one token.</summary>
    public static ModelState Claim(ModelState state, int worker, ImmutableArray<int> jobs, long token)
    {
        foreach (var job in jobs)
        {
            var claimed = AttemptRules.Claim(state.Jobs[job].Standing, $"worker {worker + 1}", token, Now);
            state = state.With(job, new ModelJob(claimed, token, Settled: false));
        }

        return state with { Leases = state.Leases.Add(new ModelLease(token, worker, jobs)) };
    }

    /// <summary>A request of an attempt. Tells whether it was accepted.</summary>
    public (ModelState State, bool Accepted) Receive(ModelState state, ModelRequest request) =>
        request.Kind is RequestKind.Write ? Write(state, request) : Finish(state, request);

    /// <summary>Checks the lease and applies the outcome, under the lock of the lease's row.</summary>
    private (ModelState State, bool Accepted) Finish(ModelState state, ModelRequest request)
    {
        if (bug is PlantedBug.FinishWithoutToken ? !IsHeld(state, request.Job) : !Holds(state, request.Job, request.Token))
        {
            return (state, false);
        }

        var job = state.Jobs[request.Job];
        if (job.Settled || job.NewestToken != request.Token)
        {
            state = state.Broken("an outcome was accepted for a lease that was no longer in force");
        }

        return (Close(state, request.Job, AttemptRules.Finish(Stored(request.Job, job), Outcome(request.Kind), Now, jitter: 0)), true);
    }

    /// <summary>A write that joins the fence.</summary>
    private (ModelState State, bool Accepted) Write(ModelState state, ModelRequest request)
    {
        if (bug is PlantedBug.WriteWithoutToken ? !IsHeld(state, request.Job) : !Holds(state, request.Job, request.Token))
        {
            return (state, false);
        }

        return (request.Token == state.Jobs[request.Job].NewestToken ? state : state.Broken("a write was accepted after a newer claim of its job"), true);
    }

    /// <summary>A heartbeat that names these leases.</summary>
    /// <param name="state">The world.</param>
    /// <param name="worker">Who sends it.</param>
    /// <param name="named">What it believed to hold when it was sent.</param>
    /// <param name="leaseLengthPassed">Whether what it does not name was claimed long enough ago to count as forgotten.</param>
    /// <returns>The world after it, and the leases the worker is told that it has lost.</returns>
    public (ModelState State, ImmutableArray<(int Job, long Token)> Lost) Beat(
        ModelState state, int worker, ImmutableArray<(int Job, long Token)> named, bool leaseLengthPassed)
    {
        var held = state.Leases
            .Where(lease => lease.Worker == worker)
            .SelectMany(lease => lease.Jobs)
            .Select(job => HeldLease.Of(Stored(job, state.Jobs[job])))
            .ToList();
        var now = leaseLengthPassed ? Now + LeaseLength : Now;
        var comparison = LeaseComparison.Compare([.. named.Select(lease => new JobLease(Id(lease.Job), lease.Token))], held, now, LeaseLength);
        foreach (var job in comparison.Forgotten.Select(lease => Number(lease.Job)))
        {
            state = Close(state, job, AttemptRules.Finish(Stored(job, state.Jobs[job]), new AttemptOutcome.HandedBack(), Now, jitter: 0));
        }

        return (state.With(worker, state.Workers[worker] with { Heard = true }), [.. comparison.Reply.Lost.Select(lease => (Number(lease.Job), lease.Token))]);
    }

    /// <summary>The rescuer's first statement: it reads the leases of silent workers and locks those workers' rows.</summary>
    public static ModelState LookForSilence(ModelState state) =>
        state with { Rescuing = [.. state.Leases.Where(lease => IsSilent(state, lease.Worker))] };

    /// <summary>The rescuer's second statement: it locks the leases and takes the jobs that are still open under the tokens it saw.</summary>
    public ModelState TakeFromSilent(ModelState state)
    {
        foreach (var (job, token) in state.Rescuing.SelectMany(seen => seen.Jobs.Select(job => (job, seen.Token))))
        {
            if (bug is not PlantedBug.RescueWithoutToken && !Holds(state, job, token))
            {
                continue;
            }

            if (state.LeaseOf(job) is { } lease && !IsSilent(state, lease.Worker))
            {
                state = state.Broken("a job was taken from a worker that had been heard of");
            }

            state = Close(state, job, AttemptRules.Rescue(Stored(job, state.Jobs[job]), Now, Now, bounds.Rescues ?? int.MaxValue));
        }

        return state with { Rescuing = [] };
    }

    /// <summary>Somebody cancels a job.</summary>
    public static ModelState Cancel(ModelState state, int job) =>
        Save(state, job, RequestRules.Cancel(state.Jobs[job].Standing, WaitingRules.CancelledReason, Now));

    /// <summary>The time a job waited for has come.</summary>
    public static ModelState FallDue(ModelState state, int job) =>
        Save(state, job, WaitingRules.FallDue(state.Jobs[job].Standing with { RunAt = Now }, Now));

    private static bool IsHeld(ModelState state, int job) => state.LeaseOf(job) is not null;

    private static bool Holds(ModelState state, int job, long token) =>
        state.Leases.Any(lease => lease.Token == token && lease.Jobs.Contains(job));

    private static bool IsSilent(ModelState state, int worker) => worker == ModelLease.Nobody || !state.Workers[worker].Heard;

    /// <summary>The job leaves its lease's row, and the row goes with its last job.</summary>
    private static ModelState Close(ModelState state, int job, JobStanding after)
    {
        var left = state.Leases.Select(lease => lease with { Jobs = lease.Jobs.Remove(job) }).Where(lease => !lease.Jobs.IsEmpty);
        var saved = Save(state with { Leases = [.. left] }, job, after);
        return saved.With(job, saved.Jobs[job] with { Settled = true });
    }

    private static ModelState Save(ModelState state, int job, JobStanding after)
    {
        var before = state.Jobs[job];
        var saved = state.With(job, before with { Standing = after });
        return before.Standing.IsFinished && after != before.Standing ? saved.Broken($"a job that had ended became {after.State}") : saved;
    }

    private static AttemptOutcome Outcome(RequestKind kind) => kind switch
    {
        RequestKind.Complete => new AttemptOutcome.Completed(),
        RequestKind.Fail => new AttemptOutcome.Failed(Failure),
        RequestKind.HandBack => new AttemptOutcome.HandedBack(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no outcome"),
    };

    private StoredJob Stored(int number, ModelJob job) => new(JobFacts.Of(Request(number), Now), job.Standing);

    private JobRequest Request(int job) => new()
    {
        Id = Id(job),
        Queue = new QueueKey(Guid.Empty, "default", "default"),
        Name = "job",
        Arguments = "{}",
        Retry = new RetryPolicy { MaxRetries = bounds.Retries },
    };

    private static JobId Id(int job) => new(new Guid(job, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]));

    private static int Number(JobId id) => BitConverter.ToInt32(id.Value.ToByteArray());
}
