using PodEngine.Queue.Lifecycle;

namespace PodEngine.Queue.Tests.Model;

/// <summary>A job of the model.</summary>
/// <param name="Standing">What the store keeps.</param>
/// <param name="NewestToken">Bookkeeping of the check, not of the store: the token of its newest claim, 0 once nobody knows that token any more.</param>
/// <param name="Settled">Bookkeeping of the check: true once the newest lease has ended, by whatever means.</param>
internal sealed record ModelJob(JobStanding Standing, long NewestToken = 0, bool Settled = true);
