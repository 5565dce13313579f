using System.Text.Json.Nodes;

namespace PodEngine.Simulators.Tests.ComfyUI;

public class QueueTests : ComfyUITest
{
    [Fact]
    public async Task One_prompt_runs_the_rest_waits_by_number_and_front_comes_first()
    {
        var running = await StallAsync();
        var second = await SubmitAsync(Workflows.Sdxl(seed: 2));
        var body = Workflows.Prompt(Workflows.Sdxl(seed: 3));
        body["front"] = true;
        var first = (string)(await PostAsync("/comfyui/prompt", body))["prompt_id"]!;

        var queue = await GetAsync("/comfyui/queue");

        Assert.Equal(running, (string?)queue["queue_running"]![0]![1]);
        Assert.Equal([first, second], queue["queue_pending"]!.AsArray().Select(item => (string?)item![1]));
        Assert.Equal("7", (string?)queue["queue_pending"]![0]![4]![0]);
        Assert.Equal(3, (int)(await GetAsync("/comfyui/prompt"))["exec_info"]!["queue_remaining"]!);
        Assert.Equal("{}", (await GetAsync($"/comfyui/history/{running}")).Text);
    }

    [Fact]
    public async Task A_waiting_prompt_can_be_deleted_without_a_trace_and_a_running_one_interrupted()
    {
        var running = await StallAsync();
        var waiting = await SubmitAsync(Workflows.Sdxl(seed: 2));

        Assert.Equal((200, ""), await StatusOf("/comfyui/queue", new JsonObject { ["delete"] = new JsonArray(waiting, "unknown", running) }));
        Assert.Equal((200, ""), await StatusOf("/comfyui/interrupt", new JsonObject { ["prompt_id"] = "another" }));
        Assert.Single((await GetAsync("/comfyui/queue"))["queue_running"]!.AsArray());
        Assert.Equal((200, ""), await StatusOf("/comfyui/interrupt", new JsonObject { ["prompt_id"] = running }));

        var entry = await HistoryAsync(running);
        Assert.Equal(("error", "execution_interrupted"), ((string?)entry["status"]!["status_str"], (string?)entry["status"]!["messages"]!.AsArray()[^1]![0]));
        Assert.Equal("{}", (await GetAsync($"/comfyui/history/{waiting}")).Text);
    }

    [Fact]
    public async Task New_builds_cancel_by_job_routes_and_list_jobs()
    {
        var running = await StallAsync();
        var waiting = await SubmitAsync(Workflows.Sdxl(seed: 2));

        Assert.Equal("pending", (string?)(await GetAsync($"/comfyui/api/jobs/{waiting}"))["status"]);
        Assert.True((bool)(await PostAsync($"/comfyui/api/jobs/{waiting}/cancel"))["cancelled"]!);
        Assert.False((bool)(await PostAsync($"/comfyui/api/jobs/{waiting}/cancel"))["cancelled"]!);
        Assert.True((bool)(await PostAsync("/comfyui/api/jobs/cancel", new JsonObject { ["job_ids"] = new JsonArray(running) }))["cancelled"]!);
        var bad = await PostAsync("/comfyui/api/jobs/cancel", new JsonObject { ["job_ids"] = new JsonArray("NOPE") });
        Assert.Equal((400, "NOPE"), (bad.Status, (string?)bad["invalid_ids"]![0]));
        await HistoryAsync(running);
        Assert.Equal(1, (int)(await GetAsync("/comfyui/api/jobs?status=cancelled"))["pagination"]!["total"]!);
        Assert.Equal(404, (await GetAsync($"/comfyui/api/jobs/{waiting}")).Status);
    }

    [Fact]
    public async Task A_restart_forgets_queue_and_history_and_keeps_files()
    {
        await HistoryAsync(await SubmitAsync(Workflows.Sdxl()));
        var running = await StallAsync();
        var waiting = await SubmitAsync(Workflows.Sdxl(seed: 3));

        await PostAsync("/simulator/comfyui/restart");

        Assert.Equal("{}", (await GetAsync("/comfyui/history")).Text);
        Assert.Empty((await GetAsync("/comfyui/queue"))["queue_pending"]!.AsArray());
        await HistoryAsync(await SubmitAsync(Workflows.Sdxl(seed: 4)));
        Assert.DoesNotContain(Host.ReadLedger()["comfyui"]!["prompts"]!.AsArray(), prompt => (string?)prompt!["promptId"] == running || (string?)prompt["promptId"] == waiting);
        Assert.Equal(200, (await GetAsync("/comfyui/view?filename=fox_00001_.png&subfolder=pod")).Status);
    }

    [Fact]
    public async Task The_other_servers_have_queues_of_their_own()
    {
        await StallAsync();

        Assert.Equal(4, Host.ComfyUIUrls.Count);
        Assert.Equal(0, (int)(await GetAsync("/comfyui2/prompt"))["exec_info"]!["queue_remaining"]!);
    }

    [Fact]
    public async Task The_server_tells_about_itself()
    {
        Assert.Equal("cuda", (string?)(await GetAsync("/comfyui/system_stats"))["devices"]![0]!["type"]);
        var checkpoints = (await GetAsync("/comfyui/object_info/CheckpointLoaderSimple"))["CheckpointLoaderSimple"]!["input"]!["required"]!["ckpt_name"]![0]!;
        Assert.Equal("sd_xl_base_1.0.safetensors", (string?)checkpoints[0]);
        Assert.Equal("{}", (await GetAsync("/comfyui/object_info/Nope")).Text);
        Assert.True((bool)(await GetAsync("/comfyui/api/object_info"))["SaveImage"]!["output_node"]!);
        Assert.Equal("sd_xl_base_1.0.safetensors", (string?)(await GetAsync("/comfyui/models/checkpoints")).Json[0]);
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("filename=../x.png", 400)]
    [InlineData("filename=x.png&subfolder=../..", 403)]
    [InlineData("filename=x.png", 404)]
    public async Task A_view_of_what_is_not_there_is_refused(string query, int status) =>
        Assert.Equal(status, (await GetAsync($"/comfyui/view?{query}")).Status);

    [Fact]
    public async Task An_upload_keeps_its_name_for_equal_content_and_gets_another_for_a_clash()
    {
        Assert.Equal("in.png", await UploadAsync([1, 2]));
        Assert.Equal("in.png", await UploadAsync([1, 2]));
        Assert.Equal("in (1).png", await UploadAsync([3]));
        Assert.Equal(400, (await PostAsync("/comfyui/upload/image", new JsonObject())).Status);
    }

    [Fact]
    public async Task A_foreign_origin_is_refused()
    {
        using var client = NewClient();
        client.DefaultRequestHeaders.Add("Origin", "https://evil.example");

        Assert.Equal(403, (await SendAsync(HttpMethod.Get, "/comfyui/queue", client: client)).Status);
    }

    private async Task<string> StallAsync()
    {
        Vary("comfyui", "POST /prompt", "Stalls");
        var id = await SubmitAsync(Workflows.Sdxl(seed: 99));
        await RunsAsync(id);
        return id;
    }

    private async Task<(int Status, string Text)> StatusOf(string path, JsonNode body)
    {
        var answer = await PostAsync(path, body);
        return (answer.Status, answer.Text);
    }

    private async Task<string?> UploadAsync(byte[] bytes)
    {
        using var form = new MultipartFormDataContent();
        using var file = new ByteArrayContent(bytes);
        form.Add(file, "image", "in.png");
        using var answer = await Http.PostAsync(new Uri(Host.Url, "/comfyui/upload/image"), form, Cancel);
        return (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!["name"];
    }
}
