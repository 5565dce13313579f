using System.Text.Json.Nodes;
using PodEngine.Simulators.Http;

namespace PodEngine.Simulators.ComfyUI;

/// <summary>What all ComfyUI servers drew.</summary>
internal static class ComfyLedger
{
    public static JsonObject Read(IEnumerable<ComfyServer> servers)
    {
        var prompts = servers.SelectMany(server => server.Executed()).ToList();
        return new JsonObject
        {
            ["executedPrompts"] = prompts.Count(prompt => !prompt.Cached),
            ["images"] = prompts.Where(prompt => !prompt.Cached).Sum(prompt => prompt.Images),
            ["prompts"] = prompts.Select(prompt => (JsonNode?)prompt.Write()).ToJsonArray(),
        };
    }
}
