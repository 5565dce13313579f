using System.Collections.Immutable;
using PodEngine.Queue.Lifecycle;

namespace PodEngine.Queue.Tests.Model;

/// <summary>
/// Folds states that differ only in names. The store compares tokens with those of its leases and does nothing else with them: those of leases are
/// numbered anew, in their order, and all others are the same, whoever still carries them. That leaves finitely many states.
/// </summary>
internal static class CanonicalForm
{
    /// <summary>The token of every lease that is over.</summary>
    public const long Over = 0;

    private static readonly JobStanding Ended = new()
    {
        State = JobState.Completed,
        Generation = 1,
        Priority = 0,
        QueuedAt = ModelStore.Now,
        RunAt = ModelStore.Now,
    };

    /// <summary>A token above all that are in force.</summary>
    public static long NextToken(ModelState state) => state.Leases.Select(lease => lease.Token).DefaultIfEmpty(Over).Max() + 1;

    public static ModelState Of(ModelState state, bool countsRescues)
    {
        var inForce = state.Leases.Select(lease => lease.Token).Order().ToList();
        long Renamed(long token) => inForce.IndexOf(token) is var index and >= 0 ? index + 1 : Over;
        return state with
        {
            Jobs = [.. state.Jobs.Select(job => Of(job, Renamed, countsRescues))],
            Leases = Of(state.Leases, Renamed),
            Rescuing = Of(state.Rescuing, Renamed),
            Workers = [.. state.Workers.Select(worker => worker with { Held = [.. worker.Held.Select(lease => (lease.Job, Renamed(lease.Token))).Order()] })],
            Stray = state.Stray is { } stray ? stray with { Token = Renamed(stray.Token) } : null,
        };
    }

    private static ModelJob Of(ModelJob job, Func<long, long> renamed, bool countsRescues) =>
        new(Of(job.Standing, renamed, countsRescues), renamed(job.NewestToken), job.Settled);

    /// <summary>Of a job that has ended nothing matters but that; of others not what is kept for people, nor who holds them, which the lease says.</summary>
    private static JobStanding Of(JobStanding standing, Func<long, long> renamed, bool countsRescues) => standing.IsFinished
        ? Ended
        : standing with
        {
            LeaseToken = standing.LeaseToken is { } token ? renamed(token) : null,
            Rescues = countsRescues ? standing.Rescues : 0,
            StartedAt = ModelStore.Now,
            Worker = null,
            Failure = null,
            Reason = null,
        };

    private static ImmutableArray<ModelLease> Of(ImmutableArray<ModelLease> leases, Func<long, long> renamed) =>
        [.. leases.Select(lease => lease with { Token = renamed(lease.Token) }).OrderBy(lease => lease.Token)];
}
