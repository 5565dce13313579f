using System.Text.Json.Nodes;
using PodEngine.Kit;

namespace PodEngine.Simulators.Tests.ComfyUI;

/// <summary>Helpers to run a prompt to its end.</summary>
public abstract class ComfyUITest : SimulatorTest
{
    protected async Task<string> SubmitAsync(JsonObject workflow, string? id = null, string? clientId = null)
    {
        var answer = await PostAsync("/comfyui/prompt", Workflows.Prompt(workflow, id, clientId));
        Assert.Equal(200, answer.Status);
        return (string)answer["prompt_id"]!;
    }

    protected Task<JsonNode> HistoryAsync(string id) =>
        Eventually.Returns(async () => (await GetAsync($"/comfyui/history/{id}"))[id], because: $"prompt {id} has a history");

    protected Task RunsAsync(string id) => Eventually.Holds(
        async () => (await GetAsync("/comfyui/queue"))["queue_running"]!.AsArray().Any(item => (string?)item![1] == id), because: $"prompt {id} runs");
}
