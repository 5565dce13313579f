using System.Text.Json.Nodes;
using PodEngine.Providers.ComfyUi;
using PodEngine.Shared.Faults;
using PodEngine.Shared.Jobs;

namespace PodEngine.Providers.Tests.ComfyUi;

public sealed class WorkflowTemplateTests
{
    private static readonly Drawing Fox = new() { Prompt = "a \"fox\"\n{{seed}} \\", Seed = ulong.MaxValue, Cfg = 6.5, Width = 1216, Height = 832, Checkpoint = "own.safetensors" };

    [Fact]
    public void Numbers_become_numbers_and_texts_stay_texts_whatever_is_in_them()
    {
        var template = WorkflowTemplate.Parse("""
            {
              "1": { "class_type": "KSampler", "inputs": { "seed": "{{seed}}", "cfg": "{{ cfg }}", "steps": "{{steps}}", "model": ["2", 0], "denoise": 0.4 } },
              "2": { "class_type": "CheckpointLoaderSimple", "inputs": { "ckpt_name": "{{checkpoint}}" } },
              "3": { "class_type": "CLIPTextEncode", "inputs": { "text": "masterpiece, {{prompt}}, {{width}}x{{height}}" }, "_meta": { "title": "prompt" } },
              "4": { "class_type": "CLIPTextEncode", "inputs": { "text": "{{negativePrompt}}" } },
              "5": { "class_type": "EmptyLatentImage", "inputs": { "width": "{{width}}", "height": "{{height}}" } }
            }
            """);

        var filled = template.Fill(Fox);

        Assert.True(JsonNode.DeepEquals(filled, JsonNode.Parse("""
            {
              "1": { "class_type": "KSampler", "inputs": { "seed": 18446744073709551615, "cfg": 6.5, "steps": 20, "model": ["2", 0], "denoise": 0.4 } },
              "2": { "class_type": "CheckpointLoaderSimple", "inputs": { "ckpt_name": "own.safetensors" } },
              "3": { "class_type": "CLIPTextEncode", "inputs": { "text": "masterpiece, a \"fox\"\n{{seed}} \\, 1216x832" }, "_meta": { "title": "prompt" } },
              "4": { "class_type": "CLIPTextEncode", "inputs": { "text": "" } },
              "5": { "class_type": "EmptyLatentImage", "inputs": { "width": 1216, "height": 832 } }
            }
            """)), filled.ToJsonString());
        Assert.Equal(["cfg", "checkpoint", "height", "negativePrompt", "prompt", "seed", "steps", "width"], template.Placeholders.Order());
    }

    [Theory]
    [InlineData("""{"1":{"class_type":"A","inputs":{"x":"{{sampler}} {{Prompt}}"}},"note":"mine"}""", "'note' is no node", "'{{Prompt}}' is no placeholder", "'{{sampler}}' is no placeholder", "{{negativePrompt}}")]
    [InlineData("""{"nodes":[],"links":[],"last_node_id":3}""", "Save (API format)")]
    [InlineData("""{"1":{"class_type":"A"}}""", "'1' is no node (a node has class_type and inputs)")]
    [InlineData("{}", "has no nodes")]
    [InlineData("[1]", "no JSON object")]
    [InlineData("{", "not JSON")]
    public void A_template_that_cannot_be_used_says_all_that_is_wrong(string json, params string[] said)
    {
        var refused = Assert.Throws<WorkflowTemplateException>(() => WorkflowTemplate.Parse(json));

        Assert.All(said, part => Assert.Contains(part, refused.Message, StringComparison.Ordinal));
        Assert.Equal((FaultClass.Configuration, false), (refused.Fault.Class, refused.Fault.Retryable));
    }

    [Fact]
    public void The_default_graph_has_the_documented_defaults()
    {
        var graph = SdxlWorkflow.Create(Drawing.Of("a fox", 42, new ImageSettings()));

        var sampler = graph["3"]!["inputs"]!;
        Assert.Equal((42UL, 20, 7.0, "euler", "normal", 1), (
            sampler["seed"]!.GetValue<ulong>(),
            sampler["steps"]!.GetValue<int>(),
            sampler["cfg"]!.GetValue<double>(),
            sampler["sampler_name"]!.GetValue<string>(),
            sampler["scheduler"]!.GetValue<string>(),
            sampler["denoise"]!.GetValue<int>()));
        Assert.Equal((1024, 1024, 1), (
            graph["5"]!["inputs"]!["width"]!.GetValue<int>(),
            graph["5"]!["inputs"]!["height"]!.GetValue<int>(),
            graph["5"]!["inputs"]!["batch_size"]!.GetValue<int>()));
        Assert.Equal("sd_xl_base_1.0.safetensors", graph["4"]!["inputs"]!["ckpt_name"]!.GetValue<string>());
        Assert.Contains("watermark", graph["7"]!["inputs"]!["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("podengine", graph["9"]!["inputs"]!["filename_prefix"]!.GetValue<string>());
    }

    [Fact]
    public void A_jobs_settings_reach_the_graph()
    {
        var graph = SdxlWorkflow.Create(Drawing.Of("a fox", 1, new ImageSettings { CfgMilli = 4500, Steps = 30, NegativePrompt = "dogs", Checkpoint = "c.safetensors" }));

        Assert.Equal(4.5, graph["3"]!["inputs"]!["cfg"]!.GetValue<double>());
        Assert.Equal(30, graph["3"]!["inputs"]!["steps"]!.GetValue<int>());
        Assert.Equal("dogs", graph["7"]!["inputs"]!["text"]!.GetValue<string>());
        Assert.Equal("c.safetensors", graph["4"]!["inputs"]!["ckpt_name"]!.GetValue<string>());
    }
}
