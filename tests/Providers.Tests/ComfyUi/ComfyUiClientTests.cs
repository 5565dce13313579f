using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using PodEngine.Kit;
using PodEngine.Providers.ComfyUi;
using PodEngine.Providers.Http;
using PodEngine.Shared.Faults;
using PodEngine.Simulators.ComfyUI;
using PodEngine.Simulators.Faults;
using PodEngine.Simulators.Knobs;

namespace PodEngine.Providers.Tests.ComfyUi;

public sealed class ComfyUiClientTests : IAsyncLifetime
{
    private const string QueueRoute = "POST /prompt";

    private Simulated _simulated = null!;
    private ComfyUiClient _comfy = null!;

    private static CancellationToken Cancelled => Simulated.Cancelled;

    public async ValueTask InitializeAsync()
    {
        _simulated = await Simulated.StartAsync();
        _comfy = _simulated.ComfyUi();
    }

    public ValueTask DisposeAsync() => _simulated.DisposeAsync();

    [Fact]
    public async Task A_queued_workflow_becomes_a_picture_under_the_id_we_chose()
    {
        string id = NewId();

        var queued = await _comfy.QueueAsync(Workflow(), id, null, Cancelled);
        var finished = Assert.IsType<PromptState.Finished>(await _comfy.WaitAsync(id, null, Cancelled));
        var bytes = await _comfy.GetImageAsync(Assert.Single(finished.Images), Cancelled);

        Assert.Equal((id, _comfy.Server), (queued.PromptId, queued.Server));
        Assert.Empty(queued.Warnings);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], bytes[..4].ToArray());
    }

    [Fact]
    public async Task Progress_is_heard_while_waiting()
    {
        Knob(knobs => knobs with { LatencyMs = 500 });
        var heard = new ConcurrentQueue<PromptProgress>();
        string id = NewId();
        await _comfy.QueueAsync(Workflow(), id, null, Cancelled);

        await _comfy.WaitAsync(id, new Heard(heard.Enqueue), Cancelled);

        Assert.Contains(heard, progress => progress is { Max: > 0, Value: > 0 });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Polling_alone_suffices_and_a_cut_socket_does_no_harm(bool useWebSocket)
    {
        Knob(knobs => knobs with { LatencyMs = 100 });
        Variant(ComfyVariant.DropsSocket);
        var comfy = _simulated.ComfyUi(Simulated.ComfyUiSettings() with { UseWebSocket = useWebSocket });
        string id = NewId();
        await comfy.QueueAsync(Workflow(), id, null, Cancelled);

        Assert.IsType<PromptState.Finished>(await comfy.WaitAsync(id, null, Cancelled));
    }

    [Fact]
    public async Task The_end_is_heard_on_the_socket_long_before_the_next_poll()
    {
        var comfy = _simulated.ComfyUi(Simulated.ComfyUiSettings() with { PollInterval = TimeSpan.FromMinutes(5) });
        Knob(knobs => knobs with { LatencyMs = 300 });
        string id = NewId();
        await comfy.QueueAsync(Workflow(), id, null, Cancelled);

        Assert.IsType<PromptState.Finished>(await comfy.WaitAsync(id, null, Cancelled).WaitAsync(TimeSpan.FromSeconds(30), Cancelled));
    }

    [Fact]
    public async Task Where_a_prompt_stands_is_told_at_every_stage()
    {
        Knob(knobs => knobs with { LatencyMs = 60_000 });
        var (first, second, third) = (NewId(), NewId(), NewId());
        Assert.IsType<PromptState.Unknown>(await _comfy.FindAsync(first, Cancelled));

        await _comfy.QueueAsync(Workflow(1), first, null, Cancelled);
        await _comfy.QueueAsync(Workflow(2), second, null, Cancelled);
        await _comfy.QueueAsync(Workflow(3), third, null, Cancelled);

        await Eventually.Holds(async () => await _comfy.FindAsync(first, Cancelled) is PromptState.Running);
        Assert.Equal(new PromptState.Queued(1), await _comfy.FindAsync(second, Cancelled));
        Assert.Equal(new PromptState.Queued(2), await _comfy.FindAsync(third, Cancelled));
        Assert.Equal(3, await _comfy.GetQueueDepthAsync(Cancelled));
    }

    [Theory]
    [InlineData(ComfyBuild.New)]
    [InlineData(ComfyBuild.Old)]
    public async Task Cancelling_reaches_a_waiting_and_a_running_prompt_and_no_other(ComfyBuild build)
    {
        Knob(knobs => knobs with { LatencyMs = 60_000, Build = build, KeepsClientPromptId = true });
        var (running, waiting, other) = (NewId(), NewId(), NewId());
        await _comfy.QueueAsync(Workflow(1), running, null, Cancelled);
        await Eventually.Holds(async () => await _comfy.FindAsync(running, Cancelled) is PromptState.Running);
        await _comfy.QueueAsync(Workflow(2), waiting, null, Cancelled);
        await _comfy.QueueAsync(Workflow(3), other, null, Cancelled);

        await _comfy.CancelAsync(waiting, Cancelled);
        Assert.IsType<PromptState.Unknown>(await _comfy.FindAsync(waiting, Cancelled));
        Assert.IsType<PromptState.Running>(await _comfy.FindAsync(running, Cancelled));

        await _comfy.CancelAsync(running, Cancelled);
        await Eventually.Holds(async () => await _comfy.FindAsync(running, Cancelled) is PromptState.Interrupted);
        await Eventually.Holds(async () => await _comfy.FindAsync(other, Cancelled) is PromptState.Running);
        await _comfy.CancelAsync(NewId(), Cancelled);
    }

    [Fact]
    public async Task A_prompt_whose_answer_was_lost_is_found_by_its_id()
    {
        _simulated.Fault("comfyui", QueueRoute, FaultKind.DropAfterEffect);
        string id = NewId();

        var lost = await FailsAsync(() => _comfy.QueueAsync(Workflow(), id, null, Cancelled));

        Assert.Equal(Spend.Unknown, lost.Spend);
        Assert.IsType<PromptState.Finished>(await _comfy.WaitAsync(id, null, Cancelled));
        Assert.Equal(1, _simulated.Ledger("comfyui")["executedPrompts"]!.GetValue<int>());
    }

    [Fact]
    public async Task An_old_server_gives_an_id_of_its_own_and_is_waited_for_under_it()
    {
        Knob(knobs => knobs with { Build = ComfyBuild.Old });
        string id = NewId();

        var queued = await _comfy.QueueAsync(Workflow(), id, null, Cancelled);

        Assert.NotEqual(id, queued.PromptId);
        Assert.IsType<PromptState.Finished>(await _comfy.WaitAsync(queued.PromptId, null, Cancelled));
    }

    [Fact]
    public async Task A_restart_that_forgot_the_prompt_ends_the_waiting()
    {
        Knob(knobs => knobs with { LatencyMs = 60_000 });
        string id = NewId();
        await _comfy.QueueAsync(Workflow(), id, null, Cancelled);
        var waiting = _comfy.WaitAsync(id, null, Cancelled);

        using var control = new HttpClient();
        await control.PostAsync(new Uri(_simulated.Host.Url, "/simulator/comfyui/restart"), null, Cancelled);

        Assert.IsType<PromptState.Unknown>(await waiting);
    }

    [Fact]
    public async Task A_server_away_for_a_moment_is_waited_for()
    {
        Knob(knobs => knobs with { LatencyMs = 200 });
        string id = NewId();
        await _comfy.QueueAsync(Workflow(), id, null, Cancelled);
        _simulated.Fault("comfyui", "GET /history/{id}", FaultKind.Status, fault => (fault.Status, fault.Times) = (503, 12));

        Assert.IsType<PromptState.Finished>(await _comfy.WaitAsync(id, null, Cancelled));
    }

    [Fact]
    public async Task A_server_away_for_long_is_told_to_the_caller()
    {
        var comfy = _simulated.ComfyUi(Simulated.ComfyUiSettings() with { OutagePatience = TimeSpan.Zero });
        _simulated.Fault("comfyui", "GET /history/{id}", FaultKind.Status, fault => (fault.Status, fault.Times) = (503, -1));

        var away = await FailsAsync(() => comfy.WaitAsync(NewId(), null, Cancelled));

        Assert.Equal((FaultCodes.ProviderUnavailable, true), (away.Fault.Code, away.Fault.Retryable));
    }

    [Theory]
    [InlineData(ComfyBuild.New)]
    [InlineData(ComfyBuild.Old)]
    public async Task A_checkpoint_the_server_lacks_is_named_with_those_it_has(ComfyBuild build)
    {
        Knob(knobs => knobs with { Build = build });

        var refused = await FailsAsync(() => _comfy.QueueAsync(Workflow(checkpoint: "missing.safetensors"), NewId(), null, Cancelled));

        Assert.Equal((FaultCodes.CheckpointUnknown, false, Spend.None), (refused.Fault.Code, refused.Fault.Retryable, refused.Spend));
        Assert.Equal(
            "The server has no checkpoint 'missing.safetensors'. It has: sd_xl_base_1.0.safetensors, sd_xl_refiner_1.0.safetensors, v1-5-pruned-emaonly.safetensors.",
            refused.Fault.Message);
    }

    [Theory]
    [InlineData(ComfyBuild.New)]
    [InlineData(ComfyBuild.Old)]
    public async Task A_workflow_the_server_refuses_is_a_permanent_fault_that_names_the_node(ComfyBuild build)
    {
        Knob(knobs => knobs with { Build = build });
        var workflow = Workflow();
        workflow["3"]!["class_type"] = "NoSuchSampler";

        var unknown = await FailsAsync(() => _comfy.QueueAsync(workflow, NewId(), null, Cancelled));
        var invalid = await FailsAsync(() => _comfy.QueueAsync(Workflow(steps: 0), NewId(), null, Cancelled));
        var empty = await FailsAsync(() => _comfy.QueueAsync([], NewId(), null, Cancelled));

        Assert.All([unknown, invalid, empty], refused =>
            Assert.Equal((FaultCodes.WorkflowFailed, false, Spend.None), (refused.Fault.Code, refused.Fault.Retryable, refused.Spend)));
        Assert.Contains("NoSuchSampler", unknown.Fault.Message + build, StringComparison.Ordinal);
        Assert.Contains("node 3 (KSampler)", invalid.Fault.Message, StringComparison.Ordinal);
        Assert.Equal("prompt_no_outputs", empty.ProviderCode);
    }

    [Fact]
    public async Task Outputs_dropped_while_others_run_are_told()
    {
        var workflow = Workflow();
        workflow["20"] = new JsonObject { ["class_type"] = "SaveImage", ["inputs"] = new JsonObject { ["filename_prefix"] = "second" } };

        var queued = await _comfy.QueueAsync(workflow, NewId(), null, Cancelled);

        Assert.Contains("node 20 (SaveImage)", Assert.Single(queued.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_fails_is_told_with_its_words()
    {
        Variant(ComfyVariant.ExecutionError);
        string id = NewId();
        await _comfy.QueueAsync(Workflow(), id, null, Cancelled);

        var failed = Assert.IsType<PromptState.Failed>(await _comfy.WaitAsync(id, null, Cancelled));

        Assert.Equal(("3", "KSampler"), (failed.NodeId, failed.NodeType));
        Assert.NotEmpty(failed.Message);
    }

    [Fact]
    public async Task A_workflow_may_end_well_without_a_picture()
    {
        Variant(ComfyVariant.NoImages);
        string id = NewId();
        await _comfy.QueueAsync(Workflow(), id, null, Cancelled);

        Assert.Empty(Assert.IsType<PromptState.Finished>(await _comfy.WaitAsync(id, null, Cancelled)).Images);
    }

    [Fact]
    public async Task Several_pictures_of_one_prompt_are_all_there()
    {
        string id = NewId();
        await _comfy.QueueAsync(SdxlWorkflow.Create(new() { Prompt = "foxes", Seed = 1, Width = 64, Height = 64 }, batch: 3), id, null, Cancelled);

        var finished = Assert.IsType<PromptState.Finished>(await _comfy.WaitAsync(id, null, Cancelled));

        Assert.Equal(3, finished.Images.Distinct().Count());
    }

    [Fact]
    public async Task A_picture_larger_than_allowed_is_not_read_and_a_page_is_no_picture()
    {
        var comfy = _simulated.ComfyUi(Simulated.ComfyUiSettings() with { MaxImageBytes = 100 });
        string id = NewId();
        await comfy.QueueAsync(Workflow(), id, null, Cancelled);
        var image = Assert.IsType<PromptState.Finished>(await comfy.WaitAsync(id, null, Cancelled)).Images[0];

        var tooLarge = await FailsAsync(() => comfy.GetImageAsync(image, Cancelled));
        _simulated.Fault("comfyui", "GET /view", FaultKind.WrongContentType, fault => fault.Times = -1);
        var page = await FailsAsync(() => _comfy.GetImageAsync(image, Cancelled));
        var missing = await FailsAsync(() => _comfy.GetImageAsync(image with { FileName = "../../etc/passwd" }, Cancelled));

        Assert.Equal(FaultCodes.ProviderAnswerInvalid, tooLarge.Fault.Code);
        Assert.Contains("text/html", page.Fault.Message, StringComparison.Ordinal);
        Assert.Equal(Spend.None, missing.Spend);
    }

    [Theory]
    [InlineData(FaultKind.Hang)]
    [InlineData(FaultKind.Truncate)]
    [InlineData(FaultKind.Garbage)]
    [InlineData(FaultKind.Status)]
    public async Task A_prompt_is_never_queued_twice_by_one_call(FaultKind kind)
    {
        var comfy = _simulated.ComfyUi(Simulated.ComfyUiSettings(kind == FaultKind.Hang ? Simulated.Impatient : null));
        _simulated.Fault("comfyui", QueueRoute, kind, fault => fault.AfterEffect = true);

        var lost = await FailsAsync(() => comfy.QueueAsync(Workflow(), NewId(), null, Cancelled));

        Assert.Equal((Spend.Unknown, true), (lost.Spend, lost.Fault.Retryable));
        await Eventually.Holds(() => _simulated.Ledger("comfyui")["executedPrompts"]!.GetValue<int>() == 1);
    }

    [Fact]
    public async Task A_server_tells_its_version_devices_and_checkpoints()
    {
        var stats = await _comfy.GetSystemStatsAsync(Cancelled);

        Assert.NotNull(stats.Version);
        Assert.All(stats.Devices, device => Assert.True(device.VramTotalBytes > 0));
        Assert.Contains(SdxlWorkflow.DefaultCheckpoint, await _comfy.ListCheckpointsAsync(Cancelled));
    }

    private static string NewId() => Guid.NewGuid().ToString("D");

    private static JsonObject Workflow(ulong seed = 1, string? checkpoint = null, int steps = 4) =>
        SdxlWorkflow.Create(new() { Prompt = "a fox", Seed = seed, Width = 64, Height = 64, Steps = steps, Checkpoint = checkpoint });

    private static Task<ProviderException> FailsAsync(Func<Task> call) => Assert.ThrowsAsync<ProviderException>(call);

    private void Variant(ComfyVariant variant) =>
        _simulated.Fault("comfyui", QueueRoute, FaultKind.Variant, fault => fault.Variant = variant.ToString());

    private void Knob(Func<ComfyUIKnobs, ComfyUIKnobs> change) =>
        _simulated.Host.Knobs = _simulated.Host.Knobs with { ComfyUI = change(_simulated.Host.Knobs.ComfyUI) };

    private sealed class Heard(Action<PromptProgress> report) : IProgress<PromptProgress>
    {
        public void Report(PromptProgress value) => report(value);
    }
}
