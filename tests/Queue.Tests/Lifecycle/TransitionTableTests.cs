using System.Text.RegularExpressions;
using PodEngine.Kit;
using PodEngine.Queue.Lifecycle;

namespace PodEngine.Queue.Tests.Lifecycle;

public partial class TransitionTableTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly bool[] Either = [false, true];

    [Fact]
    public void The_documented_table_has_the_transitions_the_rules_make_and_no_others()
    {
        var documented = Row().Matches(File.ReadAllText(RepositoryRoot.File("docs", "job-lifecycle.md")))
            .Select(row => $"{row.Groups["from"].Value} → {row.Groups["to"].Value}");

        Assert.Equal(Walk().Order(), documented.Order());
    }

    /// <summary>Applies every event to every kind of standing that can be reached, and collects the changes of state.</summary>
    private static HashSet<string> Walk()
    {
        var transitions = new HashSet<string>();
        var seen = new HashSet<object>();
        var open = new Queue<(JobStanding Standing, DateTimeOffset Now)>();
        foreach (var request in Requests(1))
        {
            Visit("New", RequestRules.Admit(request, Start), Start);
        }

        while (open.TryDequeue(out var current))
        {
            var later = current.Now + TimeSpan.FromMinutes(10);
            foreach (var next in Events(Stored(current.Standing), later))
            {
                Visit(current.Standing.State.ToString(), next, later);
            }
        }

        return transitions;

        void Visit(string from, JobStanding to, DateTimeOffset now)
        {
            if (from != to.State.ToString())
            {
                transitions.Add($"{from} → {to.State}");
            }

            if (seen.Add((to.State, to.Suspended, to.StopReason, to.Approval, to.StartedAt is null, to.RunAt > now, Math.Min(to.Attempts, 3), to.Rescues)))
            {
                open.Enqueue((to, now));
            }
        }
    }

    private static IEnumerable<JobStanding> Events(StoredJob job, DateTimeOffset now)
    {
        foreach (var request in Requests(job.Standing.Generation + 1))
        {
            yield return RequestRules.Apply(job, request, now);
        }

        yield return RequestRules.Cancel(job.Standing, "Cancelled", now);
        yield return WaitingRules.FallDue(job.Standing, now);
        yield return WaitingRules.FallDue(job.Standing, now + TimeSpan.FromDays(30));
        if (job.Standing.State is JobState.Queued)
        {
            yield return AttemptRules.Claim(job.Standing, "worker", 1, now);
        }

        if (job.Standing.State is JobState.Processing)
        {
            yield return AttemptRules.Rescue(job, now, now, maxRescues: 2);
            foreach (var outcome in Outcomes())
            {
                yield return AttemptRules.Finish(job, outcome, now, jitter: 0.5);
            }
        }
    }

    private static IEnumerable<JobRequest> Requests(long generation) =>
        from suspended in Either
        from cancelled in Either
        from retryToken in new[] { null, $"token-{generation}" }
        from approval in new ApprovalDecision?[] { null, ApprovalDecision.Approved, ApprovalDecision.Rejected }
        from startAfter in new DateTimeOffset?[] { null, Start + TimeSpan.FromDays(1) }
        select Request() with
        {
            Generation = generation,
            Suspended = suspended,
            CancelRequested = cancelled,
            RetryToken = retryToken,
            Approval = approval,
            StartAfter = startAfter,
        };

    private static IEnumerable<AttemptOutcome> Outcomes()
    {
        var failure = new JobFailure("Provider", "ProviderUnavailable", "It is down.", Retryable: true);
        return
        [
            new AttemptOutcome.Completed(),
            new AttemptOutcome.Failed(failure),
            new AttemptOutcome.Failed(failure with { Retryable = false }),
            new AttemptOutcome.Snoozed(TimeSpan.FromDays(2), "ProviderUnavailable"),
            new AttemptOutcome.Snoozed(TimeSpan.Zero, "ProviderUnavailable"),
            new AttemptOutcome.HandedBack(),
            new AttemptOutcome.Suspended(),
            new AttemptOutcome.AwaitingApproval(TimeSpan.FromDays(7)),
            new AttemptOutcome.Cancelled("Stopped"),
        ];
    }

    private static StoredJob Stored(JobStanding standing) => new(JobFacts.Of(Request(), Start), standing);

    private static JobRequest Request() => new()
    {
        Id = new JobId(Guid.Empty),
        Queue = new QueueKey(Guid.Empty, "default", "default"),
        Name = "job",
        Arguments = "{}",
        ActiveDeadline = TimeSpan.FromHours(2),
        Retry = new RetryPolicy { MaxRetries = 2, Delay = TimeSpan.FromDays(1), MaxDelay = TimeSpan.FromDays(1) },
    };

    [GeneratedRegex(@"^\| (?<from>New|[A-Z]\w+) \| (?<to>[A-Z]\w+) \| ", RegexOptions.Multiline)]
    private static partial Regex Row();
}
