using PodEngine.Queue;
using PodEngine.Shared.Faults;
using PodEngine.Shared.Jobs;
using PodEngine.Simulators.Faults;

namespace PodEngine.Pipeline.Tests;

/// <summary>Whatever becomes of one call, the job ends with one picture, one product and one publication.</summary>
public sealed class LostAnswerTests
{
    public static TheoryData<string, string, FaultKind> Calls()
    {
        var calls = new TheoryData<string, string, FaultKind>();
        (string Service, string Route)[] bought =
        [
            ("comfyui", "POST /prompt"),
            ("printify", "POST /v1/uploads/images.json"),
            ("printify", "POST /v1/shops/{shop}/products.json"),
            ("printify", "POST /v1/shops/{shop}/products/{id}/publish.json"),
        ];
        foreach (var (service, route) in bought)
        {
            foreach (var kind in (FaultKind[])[FaultKind.Status, FaultKind.Drop, FaultKind.DropAfterEffect, FaultKind.Truncate, FaultKind.Garbage, FaultKind.WrongContentType, FaultKind.Hang])
            {
                calls.Add(service, route, kind);
            }
        }

        return calls;
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_call_that_goes_wrong_once_is_neither_lost_nor_made_twice(string service, string route, FaultKind kind)
    {
        // Only a hang is waited for as long as a call may take; a lost answer is looked up when that time is over, which costs none of ours.
        await using var bench = await PipelineBench.StartAsync(providerCall: kind == FaultKind.Hang ? TimeSpan.FromSeconds(2) : null);
        bench.Fault(service, new Fault { Route = route, Kind = kind, Status = 500 });
        var job = await bench.SubmitAsync(DesignJob.Request(DesignJob.Work() with { AutoPublish = true }));

        await bench.UntilCompletedAsync(job, attempts: 3);

        var product = Assert.Single(bench.Products());
        Assert.Equal("published", product["state"]!.GetValue<string>());
        Assert.Equal(1, product["publishes"]!.GetValue<int>());
        Assert.Equal(1, bench.Bought("printify")["uploadCount"]!.GetValue<int>());
        Assert.Equal(1, bench.Pictures());
    }

    [Fact]
    public async Task An_answer_of_Claude_that_was_lost_is_asked_for_once_more_and_counted()
    {
        await using var bench = await PipelineBench.StartAsync(claude: true);
        bench.Fault("claude", new Fault { Route = "POST /v1/messages", Kind = FaultKind.DropAfterEffect });
        var job = await bench.SubmitAsync(DesignJob.Request(DesignJob.Work(count: 2)));

        await bench.UntilCompletedAsync(job, attempts: 1);

        var entries = await bench.EntriesAsync(job);
        Assert.Equal(1, entries.Repeated);
        Assert.Equal(2, bench.Bought("claude")["billedCalls"]!.GetValue<int>());
        Assert.Equal(2, bench.Products().Count);
    }

    [Fact]
    public async Task A_job_that_asks_to_fail_rather_than_pay_twice_fails_when_an_answer_is_lost()
    {
        await using var bench = await PipelineBench.StartAsync(claude: true);
        bench.Fault("claude", new Fault { Route = "POST /v1/messages", Kind = FaultKind.DropAfterEffect });
        await bench.SubmitAsync(DesignJob.Request(DesignJob.Work(), onUnknown: UnknownPurchasePolicy.Fail));

        var failed = await bench.FailAsync();

        Assert.Equal(FaultCodes.PurchaseUnknown, failed.Failure.Code);
        Assert.False(failed.Failure.Retryable);
        Assert.Equal(1, bench.Bought("claude")["billedCalls"]!.GetValue<int>());
        Assert.Equal(0, bench.Pictures());
    }

    [Fact]
    public async Task A_question_whose_answer_is_lost_twice_is_not_paid_a_third_time()
    {
        await using var bench = await PipelineBench.StartAsync(claude: true);
        bench.Fault("claude", new Fault { Route = "POST /v1/messages", Kind = FaultKind.DropAfterEffect, Times = -1 });
        var job = await bench.SubmitAsync(DesignJob.Request(DesignJob.Work()));

        var failed = await bench.UntilFailedAsync(job, attempts: 3);

        Assert.Equal(FaultCodes.PurchaseUnknown, failed.Code);
        Assert.Equal(2, bench.Bought("claude")["billedCalls"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_picture_the_server_forgot_is_drawn_by_the_next_attempt()
    {
        await using var bench = await PipelineBench.StartAsync();
        bench.Fault("comfyui", new Fault { Route = "POST /prompt", Kind = FaultKind.Variant, Variant = "Lost" });
        var job = await bench.SubmitAsync(DesignJob.Request(DesignJob.Work()));

        await bench.UntilCompletedAsync(job, attempts: 2);

        Assert.Equal(1, (await bench.EntriesAsync(job)).Repeated);
        Assert.Single(bench.Products());
    }

    [Fact]
    public async Task An_unpublished_twin_is_deleted_before_publishing()
    {
        await using var bench = await PipelineBench.StartAsync();
        var work = DesignJob.Work() with { Approval = new ApprovalPolicy { Required = true } };
        var request = DesignJob.Request(work with { AutoPublish = true });
        var job = await bench.SubmitAsync(request);
        await bench.AttemptAsync();
        await bench.SubmitAsync(request with { Generation = 2, Approval = ApprovalDecision.Approved });

        // A worker that was cut off long ago gets its call through only now, behind the back of the one that resumed the job.
        bench.BeforePublish(() => bench.CreateTwinAsync(job, imageIndex: 0, "tshirt", "printify"));
        await bench.CompleteAsync();

        var product = Assert.Single(bench.Products());
        Assert.Equal("published", product["state"]!.GetValue<string>());
        Assert.Equal(2, bench.Bought("printify")["products"]!.AsArray().Count);
    }
}
