using PodEngine.Kubernetes.Objects;
using PodEngine.Ledger;
using PodEngine.Operator.PodJobs;
using PodEngine.Operator.Tests.Kit;
using PodEngine.Queue;
using PodEngine.Resources.PodJobs;

namespace PodEngine.Operator.Tests.PodJobs;

public class PodJobStatusProjectionTests
{
    // One row per state of the lifecycle: phase, reason, and the conditions that hold.
    public static TheoryData<JobState, PodJobPhase, string, string> States => new()
    {
        { JobState.Pending, PodJobPhase.Pending, "Scheduled", "Accepted Ready" },
        { JobState.Queued, PodJobPhase.Queued, "Queued", "Accepted Ready" },
        { JobState.Processing, PodJobPhase.Processing, "Processing", "Accepted Ready" },
        { JobState.Retrying, PodJobPhase.Retrying, "ProviderUnavailable", "Accepted Ready" },
        { JobState.Suspended, PodJobPhase.Suspended, "Suspended", "Accepted Ready Suspended" },
        { JobState.AwaitingApproval, PodJobPhase.AwaitingApproval, "AwaitingApproval", "Accepted Ready" },
        { JobState.Completed, PodJobPhase.Completed, "Completed", "Accepted Ready Complete Finished" },
        { JobState.Failed, PodJobPhase.Failed, "ProviderUnavailable", "Accepted Ready Failed Finished" },
        { JobState.Cancelled, PodJobPhase.Cancelled, "Cancelled", "Accepted Ready Finished" },
    };

    [Theory]
    [MemberData(nameof(States))]
    public void Each_state_of_a_job_has_its_phase_its_reason_and_its_conditions(JobState state, PodJobPhase phase, string reason, string holding)
    {
        var job = Jobs.InState(state);
        if (state is JobState.Retrying or JobState.Failed)
        {
            job = job with { Failure = new JobFailure("Provider", "ProviderUnavailable", "ComfyUI is away.", true) };
        }

        var status = PodJobStatusProjection.Project(Jobs.PodJob(), job, null, Jobs.Noon);

        Assert.Equal(phase, status.Phase);
        Assert.Equal(reason, status.Reason);
        Assert.Equal(holding, string.Join(' ', status.Conditions!.Where(condition => condition.Status == ConditionStatus.True).Select(condition => condition.Type)));
        Assert.Equal(
            ["Accepted", "Ready", "Suspended", "Complete", "Failed", "Finished", "Stalled"], status.Conditions!.Select(condition => condition.Type));
        Assert.All(status.Conditions!, condition => Assert.Equal(2, condition.ObservedGeneration));
        Assert.Equal(2, status.ObservedGeneration);
        Assert.Equal(job.Id.ToString(), status.JobId);
    }

    [Fact]
    public void The_same_job_seen_later_gives_the_same_status()
    {
        var first = PodJobStatusProjection.Project(Jobs.PodJob(), Jobs.InState(JobState.Queued), null, Jobs.Noon);
        var second = PodJobStatusProjection.Project(Jobs.PodJob(first), Jobs.InState(JobState.Queued), null, Jobs.Noon.AddHours(1));

        Assert.Equal(first.Conditions, second.Conditions);
    }

    [Fact]
    public void A_condition_says_when_it_flipped_and_others_keep_their_time()
    {
        var queued = PodJobStatusProjection.Project(Jobs.PodJob(), Jobs.InState(JobState.Queued), null, Jobs.Noon);
        var done = PodJobStatusProjection.Project(Jobs.PodJob(queued), Jobs.InState(JobState.Completed), null, Jobs.Noon.AddMinutes(5));

        Assert.Equal(Jobs.Noon, Conditions.Find(done.Conditions, "Accepted")!.LastTransitionTime);
        Assert.Equal(Jobs.Noon.AddMinutes(5), Conditions.Find(done.Conditions, "Complete")!.LastTransitionTime);
        Assert.Equal(Jobs.Noon, Conditions.Find(done.Conditions, "Failed")!.LastTransitionTime);
    }

    [Fact]
    public void Pictures_and_products_are_counted_against_what_was_asked_for_and_twenty_are_named()
    {
        var entries = Entries(
            [.. Enumerable.Range(0, 25).Select(index => Image(index, stored: index < 24))],
            [Product(0, "tshirt", "product-1"), Product(0, "mug", null)]);

        var status = PodJobStatusProjection.Project(
            Jobs.PodJob(), Jobs.InState(JobState.Processing) with { Progress = new JobProgress(40, "products") }, entries, Jobs.Noon);

        Assert.Equal(
            new PodJobProgress { Percent = 40, Step = "products", ImagesDone = 24, ImagesTotal = 3, ProductsDone = 1, ProductsTotal = 6 }, status.Progress);
        Assert.Equal(24, status.Images!.Count);
        Assert.Equal(20, status.Images.References!.Count);
        Assert.Equal(("0-tshirt-printify", "product-1", "Draft"), Named(status.Products!.References![0]));
        Assert.Equal(new PodJobCost { GpuMillis = 1500, UsdMicros = 20, Repeated = 1 }, status.Cost);
    }

    [Fact]
    public void A_completed_job_is_all_done_and_names_no_step()
    {
        var status = PodJobStatusProjection.Project(
            Jobs.PodJob(), Jobs.InState(JobState.Completed) with { Progress = new JobProgress(90, "publish") }, null, Jobs.Noon);

        Assert.Equal(100, status.Progress!.Percent);
        Assert.Null(status.Progress.Step);
    }

    [Fact]
    public void An_execution_names_where_its_output_lies()
    {
        const string Result = """{"output":{"uri":"s3://bucket/out.png","sha256":"00","bytes":12}}""";
        var status = PodJobStatusProjection.Project(Jobs.PodJob(), Jobs.InState(JobState.Completed) with { Result = Result }, null, Jobs.Noon);

        Assert.Equal(new OutputReference { Uri = "s3://bucket/out.png", Sha256 = "00", Bytes = 12 }, status.Output);
    }

    private static (string, string?, string?) Named(ProductReference product) => (product.Id, product.ExternalId, product.State);

    private static JobLedgerEntries Entries(IReadOnlyList<ImageRecord> images, IReadOnlyList<ProductRecord> products)
    {
        var key = new PurchaseKey("images", "0");
        var purchase = new PurchaseRecord
        {
            Key = key,
            State = PurchaseState.Settled,
            Request = "{}",
            Repeats = 1,
            Cost = new PurchaseCost(1500, 20),
        };
        return new JobLedgerEntries { Purchases = new Dictionary<PurchaseKey, PurchaseRecord> { [key] = purchase }, Images = images, Products = products };
    }

    private static ImageRecord Image(int index, bool stored) => new()
    {
        Index = index,
        Title = "Cat",
        Description = "",
        Tags = [],
        Prompt = "",
        Seed = index,
        Provenance = "{}",
        Sha256 = stored ? "00" : null,
    };

    private static ProductRecord Product(int image, string type, string? externalId) => new()
    {
        ImageIndex = image,
        ProductType = type,
        Platform = "printify",
        ShopId = 1,
        Title = "Cat",
        PriceCents = 1999,
        State = externalId is null ? ProductState.Failed : ProductState.Draft,
        ExternalId = externalId,
    };
}
