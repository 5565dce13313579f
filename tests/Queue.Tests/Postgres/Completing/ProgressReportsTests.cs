using System.Collections.Concurrent;
using PodEngine.Kit.Time;
using PodEngine.Queue.Postgres.Completing;

namespace PodEngine.Queue.Tests.Postgres.Completing;

public sealed class ProgressReportsTests : IAsyncDisposable
{
    private static readonly JobLease Lease = new(JobId.New(), 1);

    private readonly ConcurrentQueue<JobProgress> _stored = new();
    private readonly ProgressReports _reports;
    private Exception? _fault;

    public ProgressReportsTests() => _reports = new ProgressReports(
        new ProgressThrottle(TimeSpan.FromSeconds(1), new ManualTimeProvider()),
        (write, _) =>
        {
            if (_fault is { } fault)
            {
                return Task.FromException<JobState?>(fault);
            }

            _stored.Enqueue(((AttemptWrite.Progress)write).Reached);
            return Task.FromResult<JobState?>(JobState.Processing);
        });

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _reports.DisposeAsync();

    [Fact]
    public async Task A_report_that_the_store_was_away_for_is_stored_with_the_heartbeat_after()
    {
        await ReportTwiceAsync();
        _fault = new QueueUnavailableException("away");
        _reports.StoreHeldBack([Lease]);
        Assert.Single(_stored);

        _fault = null;
        _reports.StoreHeldBack([Lease]);

        Assert.Equal([10, 11], _stored.Select(progress => progress.Percent));
    }

    [Fact]
    public async Task A_report_that_cannot_be_stored_at_all_is_let_go()
    {
        await ReportTwiceAsync();
        _fault = new InvalidOperationException("unfit");
        _reports.StoreHeldBack([Lease]);

        _fault = null;
        _reports.StoreHeldBack([Lease]);

        Assert.Single(_stored);
    }

    private async Task ReportTwiceAsync()
    {
        await _reports.ReportAsync(Lease, new JobProgress(10, "images"), Cancelled);
        await _reports.ReportAsync(Lease, new JobProgress(11, "images"), Cancelled);
    }
}
