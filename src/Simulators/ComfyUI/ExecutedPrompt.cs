using System.Text.Json.Nodes;

namespace PodEngine.Simulators.ComfyUI;

/// <summary>A prompt the server worked on, for the ledger; a cached one cost nothing.</summary>
internal sealed record ExecutedPrompt(string PromptId, string Server, string Text, ulong Seed, int Images, string Status, bool Cached)
{
    public JsonObject Write() => new()
    {
        ["promptId"] = PromptId,
        ["server"] = Server,
        ["seed"] = Seed,
        ["text"] = Text,
        ["images"] = Images,
        ["status"] = Status,
        ["cached"] = Cached,
    };
}
