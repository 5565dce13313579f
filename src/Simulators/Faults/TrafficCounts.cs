using System.Text.Json.Nodes;

namespace PodEngine.Simulators.Faults;

/// <summary>Requests and error answers per service; Printify, for one, asks for at most 5 % errors.</summary>
internal sealed class TrafficCounts
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, (int Requests, int Errors)> counts = [];

    public void Add(string service, bool error)
    {
        lock (gate)
        {
            var (requests, errors) = counts.GetValueOrDefault(service);
            counts[service] = (requests + 1, errors + (error ? 1 : 0));
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            counts.Clear();
        }
    }

    public JsonObject AddTo(string service, JsonObject ledger)
    {
        lock (gate)
        {
            var (requests, errors) = counts.GetValueOrDefault(service);
            ledger["requests"] = requests;
            ledger["errorAnswers"] = errors;
            return ledger;
        }
    }
}
