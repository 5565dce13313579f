using System.Text.Json.Nodes;
using PodEngine.Simulators.Http;
using PodEngine.Simulators.Knobs;

namespace PodEngine.Simulators.RunPod;

/// <summary>The envelope of /run and /runsync (https://docs.runpod.io/serverless/endpoints/send-requests).</summary>
internal sealed record JobRequest(JsonNode? Input, IReadOnlyList<string> Webhooks, TimeSpan ExecutionTimeout, TimeSpan TimeToLive)
{
    private const long MaxPolicyMs = 7L * 24 * 3600 * 1000;

    public static (JobRequest? Request, string? Fault) Read(RequestBody body, string? ttlQuery, RunPodKnobs knobs)
    {
        if (body.Json is not JsonObject json)
        {
            return (null, $"the body must be a JSON object: {body.Fault}");
        }

        if (!json.TryGetPropertyValue("input", out var input) || input is null)
        {
            return (null, "input is required");
        }

        var policy = json["policy"] as JsonObject ?? [];
        var execution = policy["executionTimeout"].Whole() ?? 600_000;
        var ttl = policy["ttl"].Whole() ?? (long.TryParse(ttlQuery, out var queried) ? queried : 86_400_000);
        var fault = CheckRange("executionTimeout", execution, 5_000, knobs) ?? CheckRange("ttl", ttl, 10_000, knobs);
        if (fault is not null)
        {
            return (null, fault);
        }

        string?[] webhooks = [json["webhook"].Text(), knobs.DeliversWebhookV2 ? json["webhookV2"].Text() : null];
        return (new JobRequest(input.DeepClone(), [.. webhooks.OfType<string>()], TimeSpan.FromMilliseconds(execution), TimeSpan.FromMilliseconds(ttl)), null);
    }

    private static string? CheckRange(string name, long value, long least, RunPodKnobs knobs) =>
        value > MaxPolicyMs || value < (knobs.EnforcesPolicyMinima ? least : 1) ? $"policy.{name} must be from {least} to {MaxPolicyMs} ms, not {value}" : null;
}
