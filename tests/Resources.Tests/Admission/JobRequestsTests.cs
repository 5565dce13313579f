using PodEngine.Kubernetes.Objects;
using PodEngine.Queue;
using PodEngine.Resources.Admission;
using PodEngine.Resources.PodJobs;
using PodEngine.Shared.Jobs;
using PodEngine.Shared.Products;

namespace PodEngine.Resources.Tests.Admission;

public sealed class JobRequestsTests
{
    private static readonly Guid Installation = Guid.Parse("11111111-1111-4111-8111-111111111111");

    private static readonly JobSnapshot Snapshot = new()
    {
        Name = "job",
        Namespace = "shop",
        Work = new DesignWork { Brief = new DesignBrief(), Products = [ProductCatalog.Default["mug"]], Platforms = [new PlatformTarget("printify", 1)] },
    };

    [Fact]
    public void The_jobs_id_is_the_PodJobs_uid_and_its_lane_that_of_its_pool()
    {
        var request = Request(new PodJobSpec { WorkerPoolName = "gpu" });

        Assert.Equal("22222222-2222-4222-8222-222222222222", request.Id.ToString());
        Assert.Equal(new QueueKey(Installation, "shop", "gpu"), request.Queue);
        Assert.Equal(("job", JobSnapshotJson.Write(Snapshot)), (request.Name, request.Arguments));
    }

    [Fact]
    public void Unless_asked_otherwise_there_are_three_retries_with_a_doubling_minute_an_hour_of_work_and_priority_zero()
    {
        var request = Request(new PodJobSpec());

        Assert.Equal((3, TimeSpan.FromMinutes(1), true, TimeSpan.FromMinutes(15)), Retry(request));
        Assert.Equal((TimeSpan.FromHours(1), 0, (DateTimeOffset?)null), (request.ActiveDeadline, request.Priority, request.StartAfter));
        Assert.Equal((false, false, null, null), (request.Suspended, request.CancelRequested, request.RetryToken, request.Approval));
    }

    [Fact]
    public void What_a_PodJob_says_of_retries_time_and_priority_is_asked_of_the_queue()
    {
        var start = new DateTimeOffset(2030, 1, 1, 8, 0, 0, TimeSpan.Zero);

        var request = Request(new PodJobSpec
        {
            Priority = -7,
            Retry = new RetrySpec { MaxRetries = 9, DelaySeconds = 5, Backoff = RetryBackoff.Fixed, MaxDelaySeconds = 50 },
            ActiveDeadlineSeconds = 120,
            StartAfterTime = start,
            Suspend = true,
            RetryToken = "again",
            Design = new DesignSpec { ProductTypes = ["mug"], Approval = new ApprovalSpec { Mode = ApprovalMode.Required, Decision = ApprovalVerdict.Approved } },
        });

        Assert.Equal((9, TimeSpan.FromSeconds(5), false, TimeSpan.FromSeconds(50)), Retry(request));
        Assert.Equal((TimeSpan.FromMinutes(2), -7, start), (request.ActiveDeadline, request.Priority, request.StartAfter!.Value));
        Assert.Equal((true, "again", ApprovalDecision.Approved), (request.Suspended, request.RetryToken, request.Approval!.Value));
    }

    [Fact]
    public void Zeros_stay_zeros()
    {
        var request = Request(new PodJobSpec { Retry = new RetrySpec { MaxRetries = 0, DelaySeconds = 0, MaxDelaySeconds = 0 } });

        Assert.Equal((0, TimeSpan.Zero, true, TimeSpan.Zero), Retry(request));
    }

    private static (int, TimeSpan, bool, TimeSpan) Retry(JobRequest request) =>
        (request.Retry.MaxRetries, request.Retry.Delay, request.Retry.Exponential, request.Retry.MaxDelay);

    private static JobRequest Request(PodJobSpec spec) => JobRequests.New(
        new PodJob { Metadata = new ObjectMeta { Name = "job", Namespace = "shop", Uid = "22222222-2222-4222-8222-222222222222", Generation = 1 }, Spec = spec },
        Snapshot,
        Installation);
}
