using System.Text.Json.Nodes;
using PodEngine.Kit;
using PodEngine.Kubernetes.Objects;
using PodEngine.Ledger;
using PodEngine.Operator.Tests.Kit;
using PodEngine.Queue;
using PodEngine.Resources.PodJobs;

namespace PodEngine.Operator.Tests.PodJobs;

public class PodJobLifecycleTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_applied_job_is_queued_worked_on_and_completed_and_its_status_says_so_with_two_events()
    {
        await using var world = await OperatorWorld.CreateAsync();
        await using var running = RunningOperator.Start(world);
        await world.ApplyPoolAsync();
        await world.ApplyJobAsync("cats", "  priority: 7");

        var queued = await world.InPhaseAsync("cats", PodJobPhase.Queued);
        var row = await world.RowAsync(queued);
        Assert.Equal((7, "cats"), (row!.Priority, row.Name));
        Assert.True(Conditions.IsTrue(queued.Status!.Conditions, "Accepted"));

        var claimed = await world.ClaimAsync();
        await world.InPhaseAsync("cats", PodJobPhase.Processing);
        await world.Ledger.SaveImageAsync(claimed.Lease, Image(), Token);
        await world.Ledger.SaveProductAsync(claimed.Lease, Product(), Token);
        await world.Queue.FinishAsync(claimed.Lease, new AttemptOutcome.Completed(), Token);

        var done = await world.InPhaseAsync("cats", PodJobPhase.Completed);
        Assert.True(Conditions.IsTrue(done.Status!.Conditions, "Complete"));
        Assert.True(Conditions.IsTrue(done.Status.Conditions, "Finished"));
        Assert.Equal((100, 1, 1), (done.Status.Progress!.Percent, done.Status.Progress.ImagesDone, done.Status.Progress.ProductsDone));
        Assert.Equal("product-1", Assert.Single(done.Status.Products!.References!).ExternalId);
        await Eventually.Passes(async () => Assert.Equal(["Queued", "Completed"], await world.EventsAsync("cats")));

        // The same manifest once more changes nothing.
        await world.ApplyJobAsync("cats", "  priority: 7");
        Assert.Equal(done.Metadata.ResourceVersion, (await world.JobAsync("cats")).Metadata.ResourceVersion);
    }

    [Fact]
    public async Task A_rejected_job_names_every_fault_and_is_taken_within_seconds_of_their_mending()
    {
        await using var world = await OperatorWorld.CreateAsync();
        await using var running = RunningOperator.Start(world);
        await world.Space.ApplyAsync("""
            apiVersion: podengine.io/v1alpha1
            kind: PodJob
            metadata:
              name: run
            spec:
              workerPoolName: gpu
              execution:
                modelName: anime
            """);

        var rejected = await world.WithConditionAsync("run", "Accepted", "False/PoolNotFound");
        var message = Conditions.Find(rejected.Status!.Conditions, "Accepted")!.Message;
        Assert.Contains($"PoolNotFound: spec.workerPoolName: there is no worker pool 'gpu' in namespace '{world.Namespace}'", message, StringComparison.Ordinal);
        Assert.Contains("ERR_6100", message, StringComparison.Ordinal);
        Assert.Equal((PodJobPhase.Pending, "PoolNotFound"), (rejected.Status.Phase!.Value, rejected.Status.Reason));
        Assert.True(Conditions.IsTrue(rejected.Status.Conditions, "Stalled"));

        await world.Space.ApplyAsync("""
            apiVersion: podengine.io/v1alpha1
            kind: InferenceEndpoint
            metadata:
              name: serverless
            spec:
              endpointId: abc123
            ---
            apiVersion: podengine.io/v1alpha1
            kind: GenerationModel
            metadata:
              name: anime
            spec:
              endpointName: serverless
              displayName: Anime
              category: Image
              published: true
              inputSchema:
                type: object
                properties:
                  prompt:
                    type: string
            """);
        await world.ApplyPoolAsync("gpu");

        var accepted = await world.InPhaseAsync("run", PodJobPhase.Queued, TimeSpan.FromSeconds(5));
        Assert.False(Conditions.IsTrue(accepted.Status!.Conditions, "Stalled"));
        await Eventually.Passes(async () => Assert.Equal(["Rejected", "Queued"], (await world.EventsAsync("run")).Distinct()));
    }

    [Fact]
    public async Task A_job_and_its_pool_applied_together_are_not_rejected_in_passing()
    {
        await using var world = await OperatorWorld.CreateAsync();
        await using var running = RunningOperator.Start(world);
        await world.Space.ApplyAsync($"{OperatorWorld.JobManifest("early")}\n---\n{OperatorWorld.PoolManifest()}");

        await world.InPhaseAsync("early", PodJobPhase.Queued);
        Assert.Equal(["Queued"], await Eventually.Returns(async () => await world.EventsAsync("early") is { Count: > 0 } events ? events : null));
    }

    [Fact]
    public async Task Failure_retry_by_token_suspension_and_cancellation_reach_the_status()
    {
        await using var world = await OperatorWorld.CreateAsync();
        await using var running = RunningOperator.Start(world);
        await world.ApplyPoolAsync();
        await world.ApplyJobAsync("cats");

        var claimed = await world.ClaimAsync();
        var failure = new JobFailure("Input", "PromptRefused", "Claude refused the theme; choose another.", false);
        await world.Queue.FinishAsync(claimed.Lease, new AttemptOutcome.Failed(failure), Token);
        var failed = await world.InPhaseAsync("cats", PodJobPhase.Failed);
        Assert.Equal(("PromptRefused", "PromptRefused"), (failed.Status!.Failure!.Code, failed.Status.Reason));
        Assert.True(Conditions.IsTrue(failed.Status.Conditions, "Failed"));

        await world.PatchJobAsync("cats", new JsonObject { ["suspend"] = true, ["retryToken"] = "again" });
        var suspended = await world.InPhaseAsync("cats", PodJobPhase.Suspended);
        Assert.False(Conditions.IsTrue(suspended.Status!.Conditions, "Finished"));
        Assert.Equal(suspended.Metadata.Generation, suspended.Status.ObservedGeneration);

        await world.PatchJobAsync("cats", new JsonObject { ["suspend"] = false });
        await world.InPhaseAsync("cats", PodJobPhase.Queued);
        await world.PatchJobAsync("cats", new JsonObject { ["cancel"] = true });
        var cancelled = await world.InPhaseAsync("cats", PodJobPhase.Cancelled);
        Assert.True(Conditions.IsTrue(cancelled.Status!.Conditions, "Finished"));
    }

    [Fact]
    public async Task A_job_queued_in_a_form_the_operator_cannot_read_is_suspended_and_cancelled_all_the_same()
    {
        await using var world = await OperatorWorld.CreateAsync();
        await using var running = RunningOperator.Start(world);
        await world.ApplyPoolAsync();
        await world.ApplyJobAsync("cats");
        await world.InPhaseAsync("cats", PodJobPhase.Queued);
        await using (var connection = await world.Database.OpenAsync())
        await using (var change = connection.CreateCommand())
        {
            change.CommandText = "update podengine.jobs set arguments = '{}'";
            Assert.Equal(1, await change.ExecuteNonQueryAsync(Token));
        }

        await world.PatchJobAsync("cats", new JsonObject { ["suspend"] = true });
        await world.InPhaseAsync("cats", PodJobPhase.Suspended);
        await world.PatchJobAsync("cats", new JsonObject { ["cancel"] = true });
        await world.InPhaseAsync("cats", PodJobPhase.Cancelled);
    }

    [Fact]
    public async Task A_deleted_job_is_cancelled_while_the_operator_watches_and_while_it_is_away()
    {
        await using var world = await OperatorWorld.CreateAsync();
        await world.ApplyPoolAsync();
        PodJob watched, unwatched;
        await using (var first = RunningOperator.Start(world))
        {
            await world.ApplyJobAsync("watched");
            await world.ApplyJobAsync("unwatched");
            await world.ApplyJobAsync("kept");
            watched = await world.InPhaseAsync("watched", PodJobPhase.Queued);
            unwatched = await world.InPhaseAsync("unwatched", PodJobPhase.Queued);
            await world.InPhaseAsync("kept", PodJobPhase.Queued);
            await world.DeleteJobAsync("watched");
            await CancelledAsync(watched);
        }

        await world.DeleteJobAsync("unwatched");
        await using var second = RunningOperator.Start(world);
        await CancelledAsync(unwatched);
        Assert.Equal(JobState.Queued, (await world.RowAsync(await world.JobAsync("kept")))!.State);

        async Task CancelledAsync(PodJob job)
        {
            await Eventually.Passes(async () => Assert.Equal(JobState.Cancelled, (await world.RowAsync(job))!.State));
            Assert.Equal("Deleted", (await world.RowAsync(job))!.Reason);
        }
    }

    [Fact]
    public async Task The_tombstone_of_a_forgotten_job_goes_with_its_PodJob()
    {
        await using var world = await OperatorWorld.CreateAsync();
        await using var running = RunningOperator.Start(world);
        await world.ApplyPoolAsync();
        await world.ApplyJobAsync("cats");
        await world.InPhaseAsync("cats", PodJobPhase.Queued);
        var claimed = await world.ClaimAsync();
        await world.Queue.FinishAsync(claimed.Lease, new AttemptOutcome.Completed(), Token);
        var done = await world.InPhaseAsync("cats", PodJobPhase.Completed);
        await Eventually.Holds(
            async () =>
            {
                await world.Queue.ForgetAsync([claimed.Lease.Job], forGood: false, Token);
                return await world.RowAsync(done) is null;
            },
            because: "the end is mirrored and may be forgotten");
        Assert.Equal(1, await TombstonesAsync(world));

        await world.DeleteJobAsync("cats");

        await Eventually.Holds(async () => await TombstonesAsync(world) == 0, because: "nobody can apply it again");

        static async Task<long> TombstonesAsync(OperatorWorld world)
        {
            await using var connection = await world.Database.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "select count(*) from podengine.tombstones";
            return (long)(await command.ExecuteScalarAsync(Token))!;
        }
    }

    [Fact]
    public async Task Jobs_that_are_settled_cost_neither_writes_nor_events()
    {
        await using var world = await OperatorWorld.CreateAsync();
        await using var running = RunningOperator.Start(world);
        await world.ApplyPoolAsync();
        await world.ApplyJobAsync("waiting");
        await world.ApplyJobAsync("rejected", "  notify: nobody");
        await world.InPhaseAsync("waiting", PodJobPhase.Queued);
        await world.WithConditionAsync("rejected", "Accepted", "False/WebhookUnknown");
        await Eventually.Passes(async () => Assert.Single(await world.EventsAsync("rejected")));

        // Something happens meanwhile that concerns neither: by its end, what the writes above could set off has happened too.
        var writesBefore = Writes();
        await world.ApplyJobAsync("other");
        await world.InPhaseAsync("other", PodJobPhase.Queued);
        await world.DeleteJobAsync("other");
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, Token);

        Assert.Equal(writesBefore, Writes());

        int Writes() => world.Plane.ReadAudit().Count(entry =>
            entry.Namespace == world.Namespace && entry.IsWrite && entry.Name is not null
            && (entry.Name.StartsWith("waiting", StringComparison.Ordinal) || entry.Name.StartsWith("rejected", StringComparison.Ordinal)));
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
