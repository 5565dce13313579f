using System.Diagnostics.CodeAnalysis;
using PodEngine.Queue;

namespace PodEngine.QueueWorker.Running;

/// <summary>What an attempt will do, drawn from the seed and its lease.</summary>
/// <param name="Steps">How long each step takes; each ends with a write through the fence.</param>
/// <param name="ReportsProgress">Whether it reports progress too.</param>
/// <param name="IsStubborn">Whether it goes on after it was told that the lease is lost.</param>
/// <param name="Outcome">How it ends when nothing else is asked of it.</param>
internal sealed record AttemptScript(IReadOnlyList<TimeSpan> Steps, bool ReportsProgress, bool IsStubborn, AttemptOutcome Outcome)
{
    /// <param name="seed">The run's.</param>
    /// <param name="token">The lease's.</param>
    /// <param name="operation">Told with the outcome, so that the store's record says which attempt it came from.</param>
    [SuppressMessage("Security", "CA5394:Do not use insecure randomness", Justification = "A schedule that can be replayed is what is wanted.")]
    public static AttemptScript Draw(int seed, long token, Guid operation)
    {
        var chance = new Random(unchecked((seed * 397) ^ (int)token));
        var steps = Enumerable.Range(0, chance.Next(1, 4)).Select(_ => TimeSpan.FromMilliseconds(Length(chance))).ToList();
        return new AttemptScript(steps, chance.Next(2) == 0, chance.Next(2) == 0, DrawOutcome(chance, operation));
    }

    /// <summary>Mostly short; a tenth so long that a fault meets them.</summary>
    private static int Length(Random chance) => chance.Next(10) == 0 ? chance.Next(1000, 4000) : chance.Next(20, 300);

    private static AttemptOutcome DrawOutcome(Random chance, Guid operation) => chance.Next(100) switch
    {
        < 70 => new AttemptOutcome.Completed($$"""{"operation":"{{operation}}"}"""),
        < 82 => Failed(operation, retryable: true),
        < 86 => Failed(operation, retryable: false),
        < 94 => new AttemptOutcome.Snoozed(TimeSpan.FromMilliseconds(chance.Next(1000)), "History"),
        _ => new AttemptOutcome.HandedBack(),
    };

    private static AttemptOutcome.Failed Failed(Guid operation, bool retryable) => new(new JobFailure("History", "Drawn", operation.ToString(), retryable));
}
