using System.Text.Json;
using PodEngine.Providers.Http;
using PodEngine.Shared.Faults;

namespace PodEngine.Providers.ComfyUi;

/// <summary>ComfyUI's refusals (<c>{error: {type, message, details}, node_errors}</c>, old and new builds) in the engine's words.</summary>
internal static class ComfyUiFaults
{
    private const int ShownFaults = 8;
    private const int ShownCheckpoints = 40;

    public static ProviderException OfStatus(ProviderCall call, ProviderReply reply, TimeProvider time)
    {
        var refusal = reply.StatusCode == 400 ? Refusal(reply) : null;
        return new(ComfyUiClient.Provider, call.Operation, refusal?.Fault ?? HttpFaults.OfStatus(reply, Redactor.Redact(reply.Shown(), null), "the server's address and what stands in front of it"))
        {
            Spend = HttpFaults.SpendOf(call, reply.StatusCode),
            RetryAfter = RetryAfterHeader.Read(reply.Headers, time),
            StatusCode = reply.StatusCode,
            ProviderCode = refusal?.Type,
        };
    }

    /// <summary>The same fault with the names of the checkpoints there are.</summary>
    public static ProviderException WithCheckpoints(ProviderException fault, string? wanted, IReadOnlyList<string> installed)
    {
        string list = installed.Count == 0
            ? "none"
            : string.Join(", ", installed.Take(ShownCheckpoints)) + (installed.Count > ShownCheckpoints ? $" and {installed.Count - ShownCheckpoints} more" : "");
        return new(fault.Provider, fault.Operation, CheckpointUnknown($"The server has no checkpoint '{wanted}'. It has: {list}."), fault)
        {
            StatusCode = fault.StatusCode,
            ProviderCode = fault.ProviderCode,
        };
    }

    /// <summary>One line per fault of <c>node_errors</c>, which is an object, or an empty array in old builds.</summary>
    public static IReadOnlyList<string> NodeFaults(JsonElement? nodeErrors)
    {
        var faults = new List<string>();
        if (nodeErrors is { ValueKind: JsonValueKind.Object } nodes)
        {
            foreach (var node in nodes.EnumerateObject())
            {
                faults.AddRange(Errors(node.Value).Select(error => $"node {node.Name} ({node.Value.Text("class_type")}): {Sentence(error)}"));
            }
        }

        return faults;
    }

    private static (JobFault Fault, string? Type)? Refusal(ProviderReply reply)
    {
        try
        {
            var root = JsonAnswer.ReadObject(reply.Body);
            if (root.Member("error") is not { } error)
            {
                return null;
            }

            // Old builds answer a bare text here in places.
            string said = error.ValueKind == JsonValueKind.String ? error.GetString()! : Sentence(error);
            var nodeErrors = root.Member("node_errors");
            var faults = NodeFaults(nodeErrors);
            return (Fault(nodeErrors, said, faults), error.Text("type"));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JobFault Fault(JsonElement? nodeErrors, string said, IReadOnlyList<string> faults)
    {
        string all = string.Join("; ", faults.Take(ShownFaults).Prepend(said));
        return LacksCheckpoint(nodeErrors)
            ? CheckpointUnknown($"The server lacks the checkpoint: {all}")
            : HttpFaults.Fault(FaultClass.Configuration, FaultCodes.WorkflowFailed, $"ComfyUI refused the workflow: {all}", retryable: false);
    }

    private static bool LacksCheckpoint(JsonElement? nodeErrors) =>
        nodeErrors is { ValueKind: JsonValueKind.Object } nodes
        && nodes.EnumerateObject().Any(node => Errors(node.Value).Any(error =>
            error.Text("type") == "value_not_in_list" && error.Member("extra_info")?.Text("input_name") == "ckpt_name"));

    private static JobFault CheckpointUnknown(string message) =>
        HttpFaults.Fault(FaultClass.Configuration, FaultCodes.CheckpointUnknown, message, retryable: false);

    private static JsonElement.ArrayEnumerator Errors(JsonElement node) =>
        node.Member("errors") is { ValueKind: JsonValueKind.Array } errors ? errors.EnumerateArray() : default;

    private static string Sentence(JsonElement error) => (error.Text("message"), error.Text("details")) switch
    {
        (var message, null or "") => message ?? error.Text("type") ?? "no reason given",
        (null or "", var details) => details,
        var (message, details) => $"{message}: {details}",
    };
}
