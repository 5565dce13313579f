namespace PodEngine.Queue.Tests.Model;

/// <summary>What must hold in every state.</summary>
internal static class ModelPromises
{
    /// <summary>The promise that is broken here; null when all hold.</summary>
    public static string? Broken(ModelState state) =>
        state.Fault ?? Enumerable.Range(0, state.Jobs.Length).Select(job => Broken(state, job)).FirstOrDefault(fault => fault is not null);

    private static string? Broken(ModelState state, int job)
    {
        var standing = state.Jobs[job].Standing;
        var leases = state.Leases.Where(lease => lease.Jobs.Contains(job)).ToList();
        return (standing.State, leases.Count) switch
        {
            (_, > 1) => $"{Name.Job(job)} is held by two leases",
            (JobState.Processing, 0) => $"{Name.Job(job)} is lost: processing, and nobody holds it",
            (JobState.Processing, 1) when standing.LeaseToken != leases[0].Token => $"{Name.Job(job)} and its lease disagree about the token",
            (not JobState.Processing, 1) => $"{Name.Job(job)} is {standing.State} and held by a lease all the same",
            _ => null,
        };
    }
}
