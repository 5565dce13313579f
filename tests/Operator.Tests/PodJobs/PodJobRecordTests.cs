using System.Text.Json;
using PodEngine.Kit;
using PodEngine.Kubernetes.Objects;
using PodEngine.Ledger;
using PodEngine.Operator.Tests.Kit;
using PodEngine.Queue;
using PodEngine.Resources.PodJobs;

namespace PodEngine.Operator.Tests.PodJobs;

public class PodJobRecordTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_PodJob_is_the_record_of_its_job_under_one_id_through_failure_retry_and_success()
    {
        await using var world = await OperatorWorld.CreateAsync();
        await using var running = RunningOperator.Start(world);
        await world.ApplyPoolAsync();
        await world.ApplyJobAsync("cats", "  priority: -7\n  retry: {maxRetries: 2, delaySeconds: 0}");
        var queued = await world.InPhaseAsync("cats", PodJobPhase.Queued);
        Assert.Equal(queued.Metadata.Uid, queued.Status!.JobId);

        var first = await world.ClaimAsync();
        Assert.Equal(queued.Metadata.Uid, first.Lease.Job.ToString());
        var away = new JobFailure("Provider", "ProviderUnavailable", "ComfyUI is away.", true);
        await world.Queue.FinishAsync(first.Lease, new AttemptOutcome.Failed(away), Token);
        var failing = await Eventually.Returns(
            async () => await world.JobAsync("cats") is { Status.Failure: not null } job ? job : null, because: "the failed attempt shows");
        Assert.Equal(("ProviderUnavailable", "ComfyUI is away."), (failing.Status!.Failure!.Code, failing.Status.Failure.Message));
        Assert.Equal((1, OperatorWorld.WorkerId), (failing.Status.Attempts, failing.Status.Worker));

        var second = await world.ClaimAsync();
        Assert.Equal(first.Lease.Job, second.Lease.Job);
        await world.Ledger.SaveImageAsync(second.Lease, Image(), Token);
        await world.Ledger.SaveProductAsync(second.Lease, Product(), Token);
        await world.Queue.FinishAsync(second.Lease, new AttemptOutcome.Completed("{}"), Token);
        var done = await world.InPhaseAsync("cats", PodJobPhase.Completed);

        // What was asked for.
        Assert.Equal((queued.Metadata.Uid, -7, 2, "cats"), (done.Metadata.Uid, done.Spec.Priority, done.Spec.Retry.MaxRetries, done.Spec.Design!.Theme));
        // What became of it.
        var status = done.Status!;
        Assert.Equal((queued.Metadata.Uid, 2, OperatorWorld.WorkerId, null), (status.JobId, status.Attempts, status.Worker, status.Failure));
        Assert.Equal("product-1", Assert.Single(status.Products!.References!).ExternalId);
        Assert.Equal("Cat", Assert.Single(status.Images!.References!).Title);
        var row = (await world.RowAsync(done))!;
        Assert.Equal((-7, "{}"), (row.Priority, row.Result));
        // When.
        Assert.Equal(
            (KubernetesTime.WholeSeconds(row.CreatedAt), KubernetesTime.WholeSeconds(row.StartedAt!.Value), KubernetesTime.WholeSeconds(row.FinishedAt!.Value)),
            (status.QueuedTime!.Value, status.StartTime!.Value, status.CompletionTime!.Value));
        Assert.True(done.Metadata.CreationTimestamp <= status.CompletionTime);
        Assert.True(await LastWrittenAsync(world, "cats") >= status.CompletionTime);
    }

    /// <summary>When the API server says that the status was last changed.</summary>
    private static async Task<DateTimeOffset> LastWrittenAsync(OperatorWorld world, string name)
    {
        var answer = await world.Space.KubectlAsync(["get", "--raw", $"/apis/podengine.io/v1alpha1/namespaces/{world.Namespace}/podjobs/{name}"]);
        using var podJob = JsonDocument.Parse(answer.Expect());
        return podJob.RootElement.GetProperty("metadata").GetProperty("managedFields").EnumerateArray()
            .Single(owner => owner.TryGetProperty("subresource", out var part) && part.GetString() == "status").GetProperty("time").GetDateTimeOffset();
    }

    private static ImageRecord Image() => new()
    {
        Index = 0,
        Title = "Cat",
        Description = "A cat",
        Tags = [],
        Prompt = "a cat",
        Seed = 1,
        Provenance = "{}",
        Sha256 = new string('0', 64),
        Bytes = 10,
        MediaType = "image/png",
    };

    private static ProductRecord Product() => new()
    {
        ImageIndex = 0,
        ProductType = "tshirt",
        Platform = "printify",
        ShopId = 1,
        Title = "Cat",
        PriceCents = 1999,
        State = ProductState.Draft,
        ExternalId = "product-1",
    };
}
