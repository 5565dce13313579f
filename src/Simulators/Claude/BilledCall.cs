using System.Text.Json.Nodes;

namespace PodEngine.Simulators.Claude;

/// <summary>One paid call.</summary>
internal sealed record BilledCall(string Id, string Model, string AuthHeader, string Version, string StopReason, int Items, int InputTokens, int OutputTokens)
{
    public JsonObject Write() => new()
    {
        ["id"] = Id,
        ["model"] = Model,
        ["authHeader"] = AuthHeader,
        ["version"] = Version,
        ["stopReason"] = StopReason,
        ["items"] = Items,
        ["inputTokens"] = InputTokens,
        ["outputTokens"] = OutputTokens,
    };
}
