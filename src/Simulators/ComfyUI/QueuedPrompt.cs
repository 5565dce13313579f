using System.Text.Json.Nodes;

namespace PodEngine.Simulators.ComfyUI;

/// <summary>A prompt in the queue. Written once by <c>POST /prompt</c>; its cancellation is used by interrupt and restart.</summary>
internal sealed class QueuedPrompt : IDisposable
{
    public required double Number { get; init; }

    /// <summary>Breaks ties between equal numbers: first come, first served.</summary>
    public required long Arrival { get; init; }

    public required string Id { get; init; }

    public required WorkflowGraph Graph { get; init; }

    public required IReadOnlyList<string> Outputs { get; init; }

    public required JsonObject ExtraData { get; init; }

    public required ComfyVariant Variant { get; init; }

    public string? ClientId { get; init; }

    public CancellationTokenSource Cancellation { get; } = new();

    /// <summary>Set by a restart: the run ends without a trace.</summary>
    public bool IsForgotten { get; set; }

    /// <summary>The node that runs now; written by the run, read when its client connects.</summary>
    public string? RunningNode { get; set; }

    /// <summary>The item of <c>GET /queue</c> and of history.</summary>
    public JsonArray Write() =>
    [
        Number == Math.Floor(Number) ? (long)Number : Number,
        Id,
        Graph.Json.DeepClone(),
        ExtraData.DeepClone(),
        new JsonArray([.. Outputs.Select(id => (JsonNode?)id)]),
    ];

    public void Dispose() => Cancellation.Dispose();
}
