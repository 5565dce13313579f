using System.Text.Json.Nodes;
using PodEngine.Simulators.ComfyUI;
using PodEngine.Simulators.Tests.Pictures;

namespace PodEngine.Simulators.Tests.ComfyUI;

public class PromptTests : ComfyUITest
{
    [Fact]
    public async Task A_prompt_ends_with_pictures_in_history_that_can_be_viewed()
    {
        var id = Guid.NewGuid().ToString();

        Assert.Equal(id, await SubmitAsync(Workflows.Sdxl(batch: 2), id));
        var entry = await HistoryAsync(id);

        Assert.Equal(("success", true), ((string?)entry["status"]!["status_str"], (bool)entry["status"]!["completed"]!));
        var images = entry["outputs"]!["7"]!["images"]!.AsArray();
        Assert.Equal(["fox_00001_.png", "fox_00002_.png"], images.Select(image => (string?)image!["filename"]));
        Assert.All(images, image => Assert.Equal(("pod", "output"), ((string?)image!["subfolder"], (string?)image["type"])));
        var file = await Http.GetByteArrayAsync(new Uri(Host.Url, "/comfyui/api/view?filename=fox_00001_.png&subfolder=pod&type=output"), Cancel);
        Assert.Equal((96, 64), (PngCheck.Read(file).Width, PngCheck.Read(file).Height));
        var made = Assert.Single(Host.ReadLedger()["comfyui"]!["prompts"]!.AsArray())!;
        Assert.Equal((id, "a fox", 1, 2), ((string?)made["promptId"], (string?)made["text"], (int)made["seed"]!, (int)made["images"]!));
    }

    [Fact]
    public async Task The_largest_seed_is_accepted()
    {
        var id = await SubmitAsync(Workflows.Sdxl(ulong.MaxValue));
        await HistoryAsync(id);

        Assert.Equal(ulong.MaxValue, (ulong)Host.ReadLedger()["comfyui"]!["prompts"]![0]!["seed"]!);
    }

    [Fact]
    public async Task The_same_prompt_again_is_cached_and_costs_nothing_and_a_second_post_of_an_id_runs_again()
    {
        var id = Guid.NewGuid().ToString();
        await HistoryAsync(await SubmitAsync(Workflows.Sdxl(), id));
        var again = await HistoryAsync(await SubmitAsync(Workflows.Sdxl()));
        await HistoryAsync(await SubmitAsync(Workflows.Sdxl(seed: 2)));

        Assert.Equal("fox_00001_.png", (string?)again["outputs"]!["7"]!["images"]![0]!["filename"]);
        Assert.Equal(2, (int)Host.ReadLedger()["comfyui"]!["executedPrompts"]!);
        Assert.Equal(3, Host.ReadLedger()["comfyui"]!["prompts"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("no_prompt", """{"client_id":"x"}""")]
    [InlineData("prompt_no_outputs", """{"prompt":{"1":{"class_type":"CheckpointLoaderSimple","inputs":{"ckpt_name":"sd_xl_base_1.0.safetensors"}}}}""")]
    [InlineData("missing_node_type", """{"prompt":{"1":{"class_type":"Nope","inputs":{}}}}""")]
    [InlineData("invalid_prompt", """{"prompt":{"comment":"x"}}""")]
    [InlineData("invalid_prompt_id", """{"prompt":{},"prompt_id":"ABC"}""")]
    public async Task A_prompt_that_cannot_run_is_400_with_its_error_type(string type, string body)
    {
        var answer = await PostAsync("/comfyui/prompt", JsonNode.Parse(body));

        Assert.Equal((400, type), (answer.Status, (string?)answer["error"]!["type"]));
        Assert.Empty(answer["node_errors"]!.AsObject());
    }

    [Fact]
    public async Task Old_builds_say_invalid_prompt_with_an_array_and_give_their_own_prompt_id()
    {
        Change(knobs => knobs with { ComfyUI = knobs.ComfyUI with { Build = ComfyBuild.Old } });
        var refused = await PostAsync("/comfyui/prompt", JsonNode.Parse("""{"prompt":{"1":{"class_type":"Nope","inputs":{}}}}"""));
        var id = Guid.NewGuid().ToString();

        Assert.Equal("invalid_prompt", (string?)refused["error"]!["type"]);
        Assert.Empty(refused["node_errors"]!.AsArray());
        Assert.NotEqual(id, await SubmitAsync(Workflows.Sdxl(), id));
        Assert.Equal(404, (await PostAsync($"/comfyui/api/jobs/{id}/cancel")).Status);
    }

    [Fact]
    public async Task A_missing_model_names_the_installed_ones_or_their_number()
    {
        var few = await PostAsync("/comfyui/prompt", Workflows.Prompt(Workflows.Sdxl(checkpoint: "gone.safetensors")));
        Change(knobs => knobs with { ComfyUI = knobs.ComfyUI with { Checkpoints = [.. Enumerable.Range(0, 21).Select(number => $"m{number}")] } });
        var many = await PostAsync("/comfyui/prompt", Workflows.Prompt(Workflows.Sdxl(checkpoint: "gone.safetensors")));

        Assert.Equal((400, "prompt_outputs_failed_validation"), (few.Status, (string?)few["error"]!["type"]));
        var node = few["node_errors"]!["1"]!;
        Assert.Equal(("CheckpointLoaderSimple", "7"), ((string?)node["class_type"], (string?)node["dependent_outputs"]![0]));
        Assert.Equal("value_not_in_list", (string?)node["errors"]![0]!["type"]);
        Assert.Contains("'sd_xl_base_1.0.safetensors'", (string?)node["errors"]![0]!["details"]);
        Assert.Single(few["node_errors"]!.AsObject());
        var error = many["node_errors"]!["1"]!["errors"]![0]!;
        Assert.Contains("(list of length 21)", (string?)error["details"]);
        Assert.Null(error["extra_info"]!["input_config"]);
    }

    [Theory]
    [InlineData("4", "width", "8", "value_smaller_than_min")]
    [InlineData("5", "cfg", "101", "value_bigger_than_max")]
    [InlineData("5", "steps", "\"many\"", "invalid_input_type")]
    [InlineData("5", "latent_image", "[\"1\",0]", "return_type_mismatch")]
    [InlineData("5", "model", "3", "bad_linked_input")]
    [InlineData("5", "sampler_name", "\"fast\"", "value_not_in_list")]
    [InlineData("6", "samples", "[\"6\",0]", "return_type_mismatch")]
    public async Task A_bad_input_is_told_at_its_node(string node, string input, string value, string type)
    {
        var workflow = Workflows.Sdxl();
        workflow[node]!["inputs"]![input] = JsonNode.Parse(value);

        var answer = await PostAsync("/comfyui/prompt", Workflows.Prompt(workflow));

        Assert.Equal(400, answer.Status);
        var error = answer["node_errors"]![node]!["errors"]![0]!;
        Assert.Equal((type, input), ((string?)error["type"], (string?)error["extra_info"]!["input_name"]));
    }

    [Fact]
    public async Task One_bad_output_beside_a_good_one_is_200_with_node_errors()
    {
        var workflow = Workflows.Sdxl();
        workflow["8"] = JsonNode.Parse("""{"class_type":"SaveImage","inputs":{"images":["6",0]}}""");

        var answer = await PostAsync("/comfyui/prompt", Workflows.Prompt(workflow));

        Assert.Equal(200, answer.Status);
        Assert.Equal("required_input_missing", (string?)answer["node_errors"]!["8"]!["errors"]![0]!["type"]);
        Assert.NotNull((await HistoryAsync((string)answer["prompt_id"]!))["outputs"]!["7"]);
    }

    [Fact]
    public async Task What_is_not_json_is_500_or_as_the_knob_says()
    {
        using var content = new StringContent("nope");
        using var answer = await Http.PostAsync(new Uri(Host.Url, "/comfyui/prompt"), content, Cancel);

        Assert.Equal(500, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Faults_of_a_prompt_end_in_history_or_nowhere()
    {
        Vary("comfyui", "POST /prompt", "ExecutionError");
        var failed = await HistoryAsync(await SubmitAsync(Workflows.Sdxl()));
        Vary("comfyui", "POST /prompt", "NoImages");
        var empty = await HistoryAsync(await SubmitAsync(Workflows.Sdxl()));
        Vary("comfyui", "POST /prompt", "Lost");
        var lost = await SubmitAsync(Workflows.Sdxl(seed: 3));

        Assert.Equal(("error", "execution_error"), ((string?)failed["status"]!["status_str"], (string?)failed["status"]!["messages"]!.AsArray()[^1]![0]));
        Assert.Empty(empty["outputs"]!["7"]!["images"]!.AsArray());
        Assert.Equal("{}", (await GetAsync($"/comfyui/history/{lost}")).Text);
        Assert.Equal(0, (int)(await GetAsync("/comfyui/prompt"))["exec_info"]!["queue_remaining"]!);
    }
}
