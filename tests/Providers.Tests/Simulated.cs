using System.Text.Json.Nodes;
using PodEngine.Providers.Claude;
using PodEngine.Providers.ComfyUi;
using PodEngine.Providers.Http;
using PodEngine.Providers.Printify;
using PodEngine.Simulators;
using PodEngine.Simulators.Faults;
using PodEngine.Simulators.Knobs;

namespace PodEngine.Providers.Tests;

/// <summary>The outside services, simulated over HTTP, and clients of them. One per test.</summary>
public sealed class Simulated : IAsyncDisposable
{
    public const string Key = "test-key-0123456789";

    /// <summary>Generous deadlines for a loaded machine, hardly any waiting between tries.</summary>
    public static readonly ProviderLimits Limits = new()
    {
        TryTimeout = TimeSpan.FromSeconds(30),
        CallTimeout = TimeSpan.FromSeconds(60),
        RetryDelay = TimeSpan.FromMilliseconds(1),
        BreakerFailures = 100,
    };

    /// <summary>For services that hang.</summary>
    public static readonly ProviderLimits Impatient = Limits with { TryTimeout = TimeSpan.FromMilliseconds(400), Retries = 0 };

    private static readonly ProviderServices Services = new() { Budget = new SlidingWindowBudget(new Dictionary<string, BudgetLimit>(), TimeProvider.System) };

    private readonly List<IDisposable> _clients = [];

    private Simulated(SimulatorHost host) => Host = host;

    public SimulatorHost Host { get; }

    public static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<Simulated> StartAsync(Func<SimulatorKnobs, SimulatorKnobs>? change = null)
    {
        var knobs = new SimulatorKnobs { Claude = new() { LatencyMs = 0, ApiKey = Key }, ComfyUI = new() { LatencyMs = 10 }, Printify = new() { Token = Key, PublishMs = 20 } };
        return new(await SimulatorHost.StartAsync(new() { Knobs = change?.Invoke(knobs) ?? knobs }, Cancelled));
    }

    public PrintifyClient Printify(ProviderLimits? limits = null, ProviderServices? services = null, string key = Key) => Keep(
        new PrintifyClient(new() { Key = ProviderKey.Of(key), BaseUrl = Host.PrintifyUrl, Limits = limits ?? Limits }, services ?? Services));

    public ClaudeClient Claude(ProviderLimits? limits = null, string key = Key) => Keep(
        new ClaudeClient(new() { Key = ProviderKey.Of(key), BaseUrl = Host.ClaudeUrl, Limits = limits ?? Limits }, Services));

    public ComfyUiClient ComfyUi(ComfyUiSettings? settings = null) => Keep(new ComfyUiClient(Host.ComfyUIUrl, settings ?? ComfyUiSettings(), Services));

    public ComfyUiFleet Fleet(params IReadOnlyList<Uri> servers) =>
        Keep(new ComfyUiFleet(servers.Count == 0 ? Host.ComfyUIUrls : servers, ComfyUiSettings(), Services));

    public static ComfyUiSettings ComfyUiSettings(ProviderLimits? limits = null) => new()
    {
        Limits = limits ?? Limits,
        PollInterval = TimeSpan.FromMilliseconds(20),
        ReconnectDelay = TimeSpan.FromMilliseconds(20),
    };

    public void Fault(string service, string route, FaultKind kind, Action<Fault>? change = null)
    {
        var fault = new Fault { Route = route, Kind = kind };
        change?.Invoke(fault);
        Host.AddFault(service, fault);
    }

    public JsonNode Ledger(string service) => Host.ReadLedger()[service]!;

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        await Host.DisposeAsync();
    }

    private T Keep<T>(T client)
        where T : IDisposable
    {
        _clients.Add(client);
        return client;
    }
}
