using PodEngine.Queue.Postgres.Claiming;
using PodEngine.Queue.Postgres.Completing;

namespace PodEngine.Queue.Postgres.Exchanging;

/// <summary>What a process reports and asks for in one round trip and one transaction.</summary>
/// <param name="Completions">Outcomes, all of them <see cref="AttemptOutcome.Completed"/>.</param>
/// <param name="Claims">Who wants jobs.</param>
internal sealed record Exchange(IReadOnlyList<AttemptWrite.Outcome> Completions, IReadOnlyList<ClaimRequest> Claims);

/// <summary>The store's answer, in the same order.</summary>
/// <param name="Completions">The state of each job now; null where the outcome was refused.</param>
/// <param name="Claims">What each claim got.</param>
internal sealed record ExchangeAnswer(IReadOnlyList<JobState?> Completions, IReadOnlyList<IReadOnlyList<ClaimedJob>> Claims);
