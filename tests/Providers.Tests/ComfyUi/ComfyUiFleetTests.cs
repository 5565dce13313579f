using PodEngine.Providers.ComfyUi;
using PodEngine.Providers.Http;
using PodEngine.Simulators.Faults;

namespace PodEngine.Providers.Tests.ComfyUi;

public sealed class ComfyUiFleetTests : IAsyncLifetime
{
    private static readonly Uri Nobody = new("http://127.0.0.1:9/");

    private Simulated _simulated = null!;

    private static CancellationToken Cancelled => Simulated.Cancelled;

    public async ValueTask InitializeAsync() =>
        _simulated = await Simulated.StartAsync(knobs => knobs with { ComfyUI = knobs.ComfyUI with { LatencyMs = 60_000 } });

    public ValueTask DisposeAsync() => _simulated.DisposeAsync();

    [Fact]
    public async Task Work_goes_to_the_least_busy_server()
    {
        var servers = _simulated.Host.ComfyUIUrls;
        Assert.True(servers.Count >= 2, "the simulator has several servers");
        var fleet = _simulated.Fleet();

        var queued = await Task.WhenAll(Enumerable.Range(0, servers.Count * 3).Select(_ => QueueAsync(fleet)));

        Assert.All(queued.CountBy(prompt => prompt.Server), count => Assert.InRange(count.Value, 2, 4));
        Assert.Equal(servers.Count, queued.DistinctBy(prompt => prompt.Server).Count());
    }

    [Fact]
    public async Task A_server_that_is_away_is_passed_over()
    {
        var fleet = _simulated.Fleet(Nobody, _simulated.Host.ComfyUIUrl);

        var queued = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => QueueAsync(fleet)));

        Assert.All(queued, prompt => Assert.Equal(_simulated.Host.ComfyUIUrl, prompt.Server));
    }

    [Fact]
    public async Task A_prompt_is_found_on_whichever_server_has_it()
    {
        var fleet = _simulated.Fleet();
        _simulated.Fault("comfyui", "POST /prompt", FaultKind.DropAfterEffect);
        string id = Guid.NewGuid().ToString();
        var lost = await Assert.ThrowsAsync<ProviderException>(() => fleet.QueueAsync(Workflow(), id, Cancelled));

        var located = await fleet.FindAsync(id, Cancelled);

        Assert.Equal(Spend.Unknown, lost.Spend);
        Assert.NotNull(located);
        Assert.False(located.State is PromptState.Unknown);
        Assert.Same(located.Client, fleet.Get(located.Client.Server));
        Assert.Null(await fleet.FindAsync(Guid.NewGuid().ToString(), Cancelled));
    }

    [Fact]
    public async Task A_prompt_is_not_called_unknown_while_a_server_cannot_be_asked()
    {
        var fleet = _simulated.Fleet(_simulated.Host.ComfyUIUrl, Nobody);

        await Assert.ThrowsAsync<ProviderException>(() => fleet.FindAsync(Guid.NewGuid().ToString(), Cancelled));
    }

    private static Task<QueuedPrompt> QueueAsync(ComfyUiFleet fleet) => fleet.QueueAsync(Workflow(), Guid.NewGuid().ToString(), Cancelled);

    private static System.Text.Json.Nodes.JsonObject Workflow() => SdxlWorkflow.Create(new() { Prompt = "a fox", Seed = 1, Width = 64, Height = 64 });
}
