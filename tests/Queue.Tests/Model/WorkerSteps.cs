using System.Collections.Immutable;

namespace PodEngine.Queue.Tests.Model;

/// <summary>
/// What a worker process may do, and what may happen to it. It may ask anything for any job it believes to hold, as often as it likes.
/// <para>A request that is long under way is one that is sent late, as long as its sender lives: it can then be sent at any moment before the sender
/// learns that the lease is over, and is refused after that. Only what a dead process has sent needs to be remembered as under way.</para>
/// </summary>
internal static class WorkerSteps
{
    /// <param name="store">The store.</param>
    /// <param name="state">The world.</param>
    /// <param name="worker">The process.</param>
    /// <param name="mayStray">Whether it may die with a request under way.</param>
    public static IEnumerable<ModelStep<ModelState>> Of(ModelStore store, ModelState state, int worker, bool mayStray) =>
        [.. Claims(state, worker), .. Beats(store, state, worker), .. Requests(store, state, worker), .. Mishaps(state, worker, mayStray)];

    /// <summary>Jobs a worker has room for, by its own account.</summary>
    private const int Slots = 2;

    /// <summary>
    /// It asks for as many as it has room for, and may get any of the queued jobs: those that others have locked are skipped. Who is not heard of gets
    /// nothing.
    /// </summary>
    private static IEnumerable<ModelStep<ModelState>> Claims(ModelState state, int worker)
    {
        var queued = Enumerable.Range(0, state.Jobs.Length).Where(job => state.Jobs[job].Standing.State is JobState.Queued).ToList();
        var token = CanonicalForm.NextToken(state);
        for (var chosen = 1; state.Workers[worker].Heard && chosen < 1 << queued.Count; chosen++)
        {
            ImmutableArray<int> batch = [.. queued.Where((_, index) => (chosen & (1 << index)) != 0)];
            if (state.Workers[worker].Held.Length + batch.Length > Slots)
            {
                continue;
            }

            var text = $"{Name.Worker(worker)} claims {string.Join(" and ", batch.Select(Name.Job))}";
            var claimed = ModelStore.Claim(state, worker, batch, token);
            var self = claimed.Workers[worker];
            yield return new(text, claimed.With(worker, self with { Held = [.. self.Held, .. batch.Select(job => (job, token))] }));
            yield return new($"{text}, and the answer is lost", claimed);
        }
    }

    private static IEnumerable<ModelStep<ModelState>> Beats(ModelStore store, ModelState state, int worker)
    {
        if (state.Rescuing.Any(lease => lease.Worker == worker))
        {
            // The rescuer has locked the worker's row: it waits.
            yield break;
        }

        foreach (var leaseLengthPassed in (bool[])[false, true])
        {
            var text = $"{Name.Worker(worker)} sends a heartbeat{(leaseLengthPassed ? ", a lease length after its claims" : "")}";
            var (renewed, lost) = store.Beat(state, worker, state.Workers[worker].Held, leaseLengthPassed);
            yield return new(text, renewed.With(worker, renewed.Workers[worker] with { Held = state.Workers[worker].Held.RemoveRange(lost) }));
            yield return new($"{text}, and the answer is lost", renewed);
        }

        yield return new(
            $"a heartbeat arrives that {Name.Worker(worker)} sent before it claimed", store.Beat(state, worker, named: [], leaseLengthPassed: true).State);
    }

    private static IEnumerable<ModelStep<ModelState>> Requests(ModelStore store, ModelState state, int worker)
    {
        var self = state.Workers[worker];
        foreach (var request in Possible(self))
        {
            var (after, accepted) = store.Receive(state, request);
            var text = $"{Name.Worker(worker)} sends {request}, it is {(accepted ? "accepted" : "refused")}";
            yield return new($"{text}, and the answer is lost", after);

            // Whatever an outcome is answered, the lease is over; so it is when a write is refused.
            var goesOn = request.Kind is RequestKind.Write && accepted;
            yield return new(text, goesOn ? after : after.With(worker, self with { Held = self.Held.Remove((request.Job, request.Token)) }));
        }
    }

    private static IEnumerable<ModelStep<ModelState>> Mishaps(ModelState state, int worker, bool mayStray)
    {
        var self = state.Workers[worker];
        if (self.Heard)
        {
            yield return new($"{Name.Worker(worker)} is not heard of for a lease length, frozen or cut off", state.With(worker, self with { Heard = false }));
        }

        var dead = Die(state, worker);
        yield return new($"{Name.Worker(worker)} dies, and another process starts in its place", dead);
        foreach (var request in mayStray ? Possible(self) : [])
        {
            yield return new($"{Name.Worker(worker)} sends {request} and dies, and another process starts in its place", dead with { Stray = request });
        }
    }

    private static IEnumerable<ModelRequest> Possible(ModelWorker self) =>
        from lease in self.Held
        from kind in Enum.GetValues<RequestKind>()
        select new ModelRequest(lease.Job, lease.Token, kind);

    /// <summary>Its leases are nobody's now, for its successor has another id.</summary>
    private static ModelState Die(ModelState state, int worker) =>
        state.With(worker, new ModelWorker(Heard: false, [])) with { Leases = Orphan(state.Leases, worker), Rescuing = Orphan(state.Rescuing, worker) };

    private static ImmutableArray<ModelLease> Orphan(ImmutableArray<ModelLease> leases, int worker) =>
        [.. leases.Select(lease => lease.Worker == worker ? lease with { Worker = ModelLease.Nobody } : lease)];
}
