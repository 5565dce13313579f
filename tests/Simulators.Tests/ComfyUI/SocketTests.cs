using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace PodEngine.Simulators.Tests.ComfyUI;

public class SocketTests : ComfyUITest
{
    [Fact]
    public async Task A_run_is_told_in_comfyuis_order_and_history_is_there_at_the_end()
    {
        using var socket = await ComfySocketClient.OpenAsync(Host.ComfyUIUrl, "me", Cancel);
        var hello = await socket.ReadAsync(Cancel);
        Assert.Equal(("status", "me"), ((string?)hello["type"], (string?)hello["data"]!["sid"]));

        var id = await SubmitAsync(Workflows.Sdxl(steps: 4), clientId: "me");
        var messages = await socket.ReadToEndAsync(Cancel);
        var history = await GetAsync($"/comfyui/history/{id}");

        Assert.NotNull(history[id]);
        var types = messages.Select(message => (string)message["type"]!).Where(type => type is not ("status" or "progress_state")).ToList();
        Assert.Equal(["execution_start", "execution_cached"], types.Take(2));
        Assert.Equal(["executed", "execution_success", "executing"], types.TakeLast(3));
        Assert.Equal([1, 2, 3, 4], Of(messages, "progress").Select(data => (int)data["value"]!));
        Assert.Equal(7, Of(messages, "executing").Count(data => data["node"] is not null));
        Assert.NotEmpty(Of(messages, "progress_state"));
        Assert.StartsWith("0000000100000002", (string?)messages.Single(message => (string?)message["type"] == "binary")["bytes"]);
        Assert.Equal("7", (string?)Of(messages, "executed").Single()["node"]);
        Assert.NotNull(Of(messages, "executed").Single()["output"]!["images"]);
        Assert.All(messages.Where(message => message["data"]?["prompt_id"] is not null), message => Assert.Equal(id, (string?)message["data"]!["prompt_id"]));
    }

    [Fact]
    public async Task A_cached_run_names_all_nodes_and_executes_none()
    {
        await HistoryAsync(await SubmitAsync(Workflows.Sdxl()));
        using var socket = await ComfySocketClient.OpenAsync(Host.ComfyUIUrl, "me", Cancel);

        await SubmitAsync(Workflows.Sdxl(), clientId: "me");
        var messages = await socket.ReadToEndAsync(Cancel);

        Assert.Equal(7, Of(messages, "execution_cached").Single()["nodes"]!.AsArray().Count);
        Assert.Empty(Of(messages, "progress"));
        Assert.Single(Of(messages, "execution_success"));
        Assert.Single(Of(messages, "executing"));
    }

    [Fact]
    public async Task A_failed_run_says_execution_error_and_ends_like_any_other()
    {
        using var socket = await ComfySocketClient.OpenAsync(Host.ComfyUIUrl, "me", Cancel);
        Vary("comfyui", "POST /prompt", "ExecutionError");

        await SubmitAsync(Workflows.Sdxl(), clientId: "me");
        var messages = await socket.ReadToEndAsync(Cancel);

        var error = Of(messages, "execution_error").Single();
        Assert.Equal(("5", "KSampler"), ((string?)error["node_id"], (string?)error["node_type"]));
        Assert.Empty(Of(messages, "execution_success"));
    }

    [Fact]
    public async Task Messages_go_to_the_submitter_only_and_an_interruption_to_all()
    {
        using var mine = await ComfySocketClient.OpenAsync(Host.ComfyUIUrl, "mine", Cancel);
        using var other = await ComfySocketClient.OpenAsync(Host.ComfyUIUrl, "other", Cancel);
        Vary("comfyui", "POST /prompt", "Stalls");
        var id = await SubmitAsync(Workflows.Sdxl(), clientId: "mine");
        await RunsAsync(id);
        await PostAsync("/comfyui/interrupt", new JsonObject { ["prompt_id"] = id });

        JsonNode message;
        do
        {
            message = await other.ReadAsync(Cancel);
            Assert.True((string?)message["type"] is "status" or "execution_interrupted");
        }
        while ((string?)message["type"] != "execution_interrupted");
        Assert.Equal(id, (string?)message["data"]!["prompt_id"]);
        Assert.Single(Of(await mine.ReadToEndAsync(Cancel), "execution_interrupted"));
    }

    [Fact]
    public async Task A_second_socket_of_a_client_replaces_the_first_and_learns_the_running_node()
    {
        using var first = await ComfySocketClient.OpenAsync(Host.ComfyUIUrl, "me", Cancel);
        Vary("comfyui", "POST /prompt", "Stalls");
        await RunsAsync(await SubmitAsync(Workflows.Sdxl(), clientId: "me"));
        await WaitForAsync(first, message => (string?)message["data"]?["node"] == "5");

        using var second = await ComfySocketClient.OpenAsync(Host.ComfyUIUrl, "me", Cancel);

        Assert.Equal("status", (string?)(await second.ReadAsync(Cancel))["type"]);
        Assert.Equal("5", (string?)(await second.ReadAsync(Cancel))["data"]!["node"]);
        await Assert.ThrowsAsync<WebSocketException>(() => WaitForAsync(first, _ => false));
        await second.SendAsync("""{"type":"feature_flags","data":{}}""", Cancel);
        await WaitForAsync(second, message => (string?)message["type"] == "feature_flags");
    }

    [Fact]
    public async Task A_socket_cut_in_mid_run_does_not_stop_the_run()
    {
        using var socket = await ComfySocketClient.OpenAsync(Host.ComfyUIUrl, "me", Cancel);
        Vary("comfyui", "POST /prompt", "DropsSocket");

        var id = await SubmitAsync(Workflows.Sdxl(), clientId: "me");

        await Assert.ThrowsAsync<WebSocketException>(() => WaitForAsync(socket, _ => false));
        Assert.Equal("success", (string?)(await HistoryAsync(id))["status"]!["status_str"]);
    }

    private static async Task WaitForAsync(ComfySocketClient socket, Func<JsonNode, bool> found)
    {
        while (!found(await socket.ReadAsync(Cancel)))
        {
        }
    }

    private static List<JsonNode> Of(IEnumerable<JsonNode> messages, string type) =>
        [.. messages.Where(message => (string?)message["type"] == type).Select(message => message["data"]!)];
}
