using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PodEngine.Simulators.Control;
using PodEngine.Simulators.Faults;
using PodEngine.Simulators.Http;
using PodEngine.Simulators.Knobs;

namespace PodEngine.Simulators;

/// <summary>
/// Claude, ComfyUI, RunPod and Printify over real HTTP in one Kestrel server, each under its own path prefix.
/// Starting returns once the port is open; disposing returns once every connection and simulated job has ended.
/// </summary>
public sealed class SimulatorHost : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly Simulation simulation;
    private int disposed;

    private SimulatorHost(WebApplication application, Simulation simulation, Uri url)
    {
        this.application = application;
        this.simulation = simulation;
        Url = url;
        ComfyUIUrls = [.. simulation.ComfyServers.Select(server => new Uri(url, server.Prefix))];
    }

    /// <summary>Root of the control interface: <c>/healthz</c> and <c>/simulator/…</c>.</summary>
    public Uri Url { get; }

    /// <summary>Base address for Claude: <c>POST {ClaudeUrl}/v1/messages</c>.</summary>
    public Uri ClaudeUrl => new(Url, "/claude");

    /// <summary>Base address of the first ComfyUI server: <c>POST {ComfyUIUrl}/prompt</c>.</summary>
    public Uri ComfyUIUrl => ComfyUIUrls[0];

    /// <summary>Base addresses of all simulated ComfyUI servers; each has its own queue, history and files.</summary>
    public IReadOnlyList<Uri> ComfyUIUrls { get; }

    /// <summary>Base address of the RunPod job API: <c>POST {RunPodUrl}/{endpointId}/run</c>.</summary>
    public Uri RunPodUrl => new(Url, "/runpod/v2");

    /// <summary>Base address for Printify: <c>GET {PrintifyUrl}/v1/shops.json</c>.</summary>
    public Uri PrintifyUrl => new(Url, "/printify");

    /// <summary>Present behaviour; assigning it takes effect for the next request.</summary>
    public SimulatorKnobs Knobs
    {
        get => simulation.Knobs.Current;
        set => simulation.Knobs.Replace(value);
    }

    /// <summary>Starts the simulators.</summary>
    /// <exception cref="IOException">The address is taken.</exception>
    public static async Task<SimulatorHost> StartAsync(SimulatorOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(options.Url).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 128L << 20;
        });
        builder.Services.AddRoutingCore();
        builder.Services.RemoveAll<IHostLifetime>();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(500));

        var application = builder.Build();
        var simulation = new Simulation(options.Knobs, options.Time);
        SimulatorRoutes.Map(application, simulation);
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch
        {
            await simulation.DisposeAsync();
            await application.DisposeAsync();
            throw;
        }

        return new SimulatorHost(application, simulation, AddressOf(application));
    }

    /// <summary>Adds a scripted fault for <paramref name="service"/>: claude, comfyui, runpod or printify.</summary>
    /// <exception cref="ArgumentException">The service is unknown or the fault is incomplete.</exception>
    public void AddFault(string service, Fault fault) => simulation.Faults.Add(service, fault);

    /// <summary>What was bought and made so far; the same document as <c>GET /simulator/ledger</c>.</summary>
    public JsonObject ReadLedger() => (JsonObject)JsonNode.Parse(simulation.ReadLedger().ToWire())!;

    /// <summary>Forgets everything: knobs as at the start, no faults, empty services, empty ledger.</summary>
    public void Reset() => simulation.Reset();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
        {
            return;
        }

        await simulation.DisposeAsync();
        await application.StopAsync();
        await application.DisposeAsync();
    }

    private static Uri AddressOf(WebApplication application)
    {
        var addresses = application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>();
        var address = new UriBuilder(addresses.Addresses.First().Replace("://*", "://127.0.0.1", StringComparison.Ordinal)
            .Replace("://+", "://127.0.0.1", StringComparison.Ordinal));
        if (address.Host is "0.0.0.0" or "[::]")
        {
            address.Host = "127.0.0.1";
        }

        return address.Uri;
    }
}
