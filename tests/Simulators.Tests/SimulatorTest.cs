using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using PodEngine.Simulators.Faults;
using PodEngine.Simulators.Knobs;

namespace PodEngine.Simulators.Tests;

/// <summary>A running set of simulators per test, and a client that is let in everywhere.</summary>
public abstract class SimulatorTest(SimulatorKnobs? knobs = null, TimeProvider? time = null) : IAsyncLifetime
{
    protected SimulatorHost Host { get; private set; } = null!;

    protected HttpClient Http { get; } = NewClient();

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Host = await SimulatorHost.StartAsync(
        new SimulatorOptions
        {
            Time = time ?? TimeProvider.System,
            Knobs = knobs ?? new SimulatorKnobs
            {
                Claude = new ClaudeKnobs { LatencyMs = 0 },
                ComfyUI = new ComfyUIKnobs { LatencyMs = 5 },
                RunPod = new RunPodKnobs { LatencyMs = 5, ColdStartMs = 0 },
                Printify = new PrintifyKnobs { PublishMs = 0 },
            },
        },
        Cancel);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected static HttpClient NewClient()
    {
        var client = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "key");
        client.DefaultRequestHeaders.UserAgent.ParseAdd("pod-engine-tests/1");
        client.DefaultRequestHeaders.Add("anthropic-version", "2026-10-21");
        return client;
    }

    protected async Task<Answer> SendAsync(HttpMethod method, string path, JsonNode? body = null, HttpClient? client = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Host.Url, path));
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        using var response = await (client ?? Http).SendAsync(request, Cancel);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        var headers = response.Headers.ToDictionary(header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase);
        return new Answer((int)response.StatusCode, text, response.Content.Headers.ContentType?.MediaType, headers);
    }

    protected Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    protected Task<Answer> PostAsync(string path, JsonNode? body = null) => SendAsync(HttpMethod.Post, path, body);

    protected void Change(Func<SimulatorKnobs, SimulatorKnobs> change) => Host.Knobs = change(Host.Knobs);

    protected void Script(string service, string route, FaultKind kind, Action<Fault>? more = null)
    {
        var fault = new Fault { Route = route, Kind = kind };
        more?.Invoke(fault);
        Host.AddFault(service, fault);
    }

    protected void Vary(string service, string route, string variant) => Script(service, route, FaultKind.Variant, fault => fault.Variant = variant);
}
