using PodEngine.Queue;
using PodEngine.QueueWorker.Recording;

namespace PodEngine.QueueHistory.Tests.Judging;

/// <summary>The judge finds what it is there to find: each test tells it of a run in which one promise was broken.</summary>
public class HistoryJudgeTests
{
    private static readonly JobId Job = JobId.New();
    private static readonly Guid First = Guid.NewGuid();
    private static readonly Guid Second = Guid.NewGuid();

    private readonly List<HistoryEntry> _entries = [];

    [Fact]
    public void A_job_that_was_rescued_and_then_completed_is_as_it_should_be()
    {
        Say(1, First, EntryKind.Claimed);
        Say(2, Second, EntryKind.Claimed);
        Say(1, First, EntryKind.WriteSent);
        Say(1, First, EntryKind.WriteRefused);
        Say(1, First, EntryKind.OutcomeSent);
        Say(1, First, EntryKind.OutcomeRefused);
        Say(2, Second, EntryKind.OutcomeSent);
        Say(2, Second, EntryKind.OutcomeAccepted, nameof(JobState.Completed));

        var verdict = Judge(Completed(by: Second));

        Assert.Equal((2, 2, 2, 0), (verdict.Claims, verdict.StaleSent, verdict.Refused, verdict.Unanswered));
        Assert.Empty(verdict.Violations);
    }

    [Fact]
    public void An_end_whose_answer_was_lost_is_resolved_from_the_store()
    {
        Say(1, First, EntryKind.Claimed);
        Say(1, First, EntryKind.OutcomeSent);
        Say(1, First, EntryKind.OutcomeUnknown);
        Say(1, First, EntryKind.OutcomeSent);
        Say(1, First, EntryKind.OutcomeRefused);

        var verdict = Judge(Completed(by: First));

        Assert.Equal((1, 1), (verdict.Unanswered, verdict.ResolvedFromStore));
        Assert.Empty(verdict.Violations);
    }

    [Fact]
    public void A_write_under_an_older_token_after_a_newer_claim_is_found()
    {
        Say(1, First, EntryKind.Claimed);
        Say(2, Second, EntryKind.Claimed);
        Say(1, Guid.NewGuid(), EntryKind.Written);
        EndWell();

        AssertViolation("was written under token 1 after its claim under 2", Completed(by: Second));
    }

    [Fact]
    public void A_write_after_the_outcome_of_its_lease_is_found()
    {
        Say(2, Second, EntryKind.Claimed);
        EndWell();
        Say(2, Guid.NewGuid(), EntryKind.Written);

        AssertViolation("after that lease had its outcome", Completed(by: Second));
    }

    [Fact]
    public void An_outcome_accepted_from_a_stale_worker_is_found()
    {
        Say(1, First, EntryKind.Claimed);
        Say(2, Second, EntryKind.Claimed);
        Say(1, First, EntryKind.OutcomeSent);
        Say(1, First, EntryKind.OutcomeAccepted, nameof(JobState.Retrying));
        EndWell();

        AssertViolation("had an outcome accepted that was sent under token 1 after a newer claim", Completed(by: Second));
    }

    [Fact]
    public void Two_outcomes_of_one_lease_are_found()
    {
        Say(2, Second, EntryKind.Claimed);
        Say(2, First, EntryKind.OutcomeSent);
        Say(2, First, EntryKind.OutcomeAccepted, nameof(JobState.Queued));
        EndWell();

        AssertViolation("had two outcomes accepted under token 2", Completed(by: Second));
    }

    [Fact]
    public void Two_ends_are_found()
    {
        Say(1, First, EntryKind.Claimed);
        Say(1, First, EntryKind.OutcomeSent);
        Say(1, First, EntryKind.OutcomeAccepted, nameof(JobState.Failed));
        Say(2, Second, EntryKind.Claimed);
        EndWell();

        AssertViolation("ended 2 times", Completed(by: Second));
    }

    [Fact]
    public void A_job_claimed_after_its_end_is_found()
    {
        Say(2, Second, EntryKind.Claimed);
        EndWell();
        Say(3, Guid.NewGuid(), EntryKind.Claimed);

        AssertViolation("was ended under token 2 though it was claimed under 3", Completed(by: Second));
    }

    [Fact]
    public void A_job_given_to_two_workers_under_one_token_is_found()
    {
        Say(2, First, EntryKind.Claimed);
        Say(2, Second, EntryKind.Claimed);
        EndWell();

        AssertViolation("was claimed under token 2", Completed(by: Second));
    }

    [Fact]
    public void An_end_that_its_worker_was_refused_is_found()
    {
        Say(1, First, EntryKind.Claimed);
        Say(1, First, EntryKind.OutcomeSent);
        Say(1, First, EntryKind.OutcomeRefused);

        AssertViolation("of which nobody was left without an answer", Completed(by: First));
    }

    [Fact]
    public void An_end_other_than_the_one_the_worker_was_told_is_found()
    {
        Say(2, Second, EntryKind.Claimed);
        EndWell();

        AssertViolation("was told Completed and is Cancelled", Record(JobState.Cancelled));
    }

    [Fact]
    public void A_cancelled_job_that_nobody_cancelled_is_found() => AssertViolation("nobody has made it so", Record(JobState.Cancelled));

    [Fact]
    public void A_job_that_has_not_ended_is_lost() => AssertViolation("was lost: Queued", Record(JobState.Queued));

    [Fact]
    public void A_job_the_store_does_not_know_is_lost() => AssertViolation("was lost: the store does not know it", record: null);

    private void EndWell()
    {
        Say(2, Second, EntryKind.OutcomeSent);
        Say(2, Second, EntryKind.OutcomeAccepted, nameof(JobState.Completed));
    }

    private void Say(long token, Guid operation, EntryKind kind, string? detail = null) =>
        _entries.Add(new HistoryEntry(_entries.Count + 1, new JobLease(Job, token), $"worker-{operation:N}", operation, kind, detail));

    private void AssertViolation(string text, JobRecord? record) =>
        Assert.Contains(text, Assert.Single(Judge(record).Violations), StringComparison.Ordinal);

    private Verdict Judge(JobRecord? record) => HistoryJudge.Judge([new JobHistory(Job, record, WasCancelled: false, _entries)]);

    private static JobRecord Completed(Guid by) => Record(JobState.Completed) with { Result = $$"""{"operation":"{{by}}"}""" };

    private static JobRecord Record(JobState state) => new()
    {
        Id = Job,
        Queue = new QueueKey(Guid.Empty, "default", "default"),
        Name = "job",
        Generation = 1,
        State = state,
        Priority = 0,
        Arguments = "{}",
        Attempts = 1,
        Rescues = 0,
        CreatedAt = DateTimeOffset.UnixEpoch,
        QueuedAt = DateTimeOffset.UnixEpoch,
    };
}
