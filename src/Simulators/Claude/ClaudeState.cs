using System.Text.Json.Nodes;
using PodEngine.Simulators.Http;
using PodEngine.Simulators.Knobs;

namespace PodEngine.Simulators.Claude;

/// <summary>What Claude answered and billed.</summary>
internal sealed class ClaudeState(KnobStore knobs, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly List<BilledCall> calls = [];
    private readonly HashSet<int> compiledSchemas = [];
    private readonly Dictionary<string, JsonObject> answersByKey = [];

    public ClaudeKnobs Knobs => knobs.Current.Claude;

    public TimeProvider Time => time;

    public RequestWindow Requests { get; } = new(time, TimeSpan.FromMinutes(1));

    /// <summary>Records a call that is answered and paid for, whether or not the answer arrives.</summary>
    public void Bill(BilledCall call)
    {
        lock (gate)
        {
            calls.Add(call);
        }
    }

    /// <summary>True the first time a schema is seen.</summary>
    public bool IsNewSchema(JsonNode schema)
    {
        lock (gate)
        {
            return compiledSchemas.Add(string.GetHashCode(schema.ToJsonString(), StringComparison.Ordinal));
        }
    }

    public JsonObject? FindAnswer(string? key)
    {
        lock (gate)
        {
            return key is not null && answersByKey.TryGetValue(key, out var answer) ? (JsonObject)answer.DeepClone() : null;
        }
    }

    public void KeepAnswer(string? key, JsonObject answer)
    {
        lock (gate)
        {
            if (key is not null)
            {
                answersByKey[key] = (JsonObject)answer.DeepClone();
            }
        }
    }

    public void Reset()
    {
        lock (gate)
        {
            calls.Clear();
            compiledSchemas.Clear();
            answersByKey.Clear();
            Requests.Clear();
        }
    }

    public JsonObject ReadLedger()
    {
        lock (gate)
        {
            return new JsonObject
            {
                ["billedCalls"] = calls.Count,
                ["inputTokens"] = calls.Sum(call => call.InputTokens),
                ["outputTokens"] = calls.Sum(call => call.OutputTokens),
                ["calls"] = calls.Select(call => (JsonNode?)call.Write()).ToJsonArray(),
            };
        }
    }
}
