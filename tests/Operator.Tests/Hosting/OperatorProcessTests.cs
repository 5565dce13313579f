using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using PodEngine.Kit;
using PodEngine.Kit.Processes;
using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Objects;
using PodEngine.Operator.Tests.Kit;
using PodEngine.Resources.PodJobs;

namespace PodEngine.Operator.Tests.Hosting;

public class OperatorProcessTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Wrong_settings_end_the_process_with_every_fault_named()
    {
        await using var process = await ChildProcess.StartProductAsync(
            "Operator", [], new Dictionary<string, string?> { ["DATABASE_URL"] = null, ["INSTALLATION_ID"] = "x", ["LOG_FORMAT"] = "xml" });

        Assert.Equal(78, await process.WaitForExitAsync());
        Assert.Contains("DATABASE_URL is not set", process.Output, StringComparison.Ordinal);
        Assert.Contains("INSTALLATION_ID", process.Output, StringComparison.Ordinal);
        Assert.Contains("LOG_FORMAT", process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_taken_ends_the_process_with_the_variable_named()
    {
        await using var world = await OperatorWorld.CreateAsync();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        await using var process = await OperatorProcess.StartAsync(world, ("PODENGINE_METRICS_URL", $"http://{taken.LocalEndpoint}"));

        Assert.Equal(78, await process.WaitForExitAsync());
        Assert.Contains("PODENGINE_METRICS_URL", process.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_operators_one_leads_and_the_other_takes_over_when_it_is_killed_or_stopped()
    {
        await using var world = await OperatorWorld.CreateAsync();
        await world.ApplyPoolAsync();
        await using var first = await OperatorProcess.StartAsync(world);
        await LeadingAsync(first);
        await using var second = await OperatorProcess.StartAsync(world);
        await world.ApplyJobAsync("one");
        await world.InPhaseAsync("one", PodJobPhase.Queued);
        Assert.DoesNotContain(second.Lines, IsLeading);

        first.Kill();
        await LeadingAsync(second);
        await world.ApplyJobAsync("two");
        await world.InPhaseAsync("two", PodJobPhase.Queued);

        // A stopped leader gives the lease back: nobody has to wait it out.
        await using var third = await OperatorProcess.StartAsync(world);
        await third.WaitForLineAsync(line => line.Contains("Metrics and probes", StringComparison.Ordinal));
        second.Terminate();
        Assert.Equal(0, await second.WaitForExitAsync());
        await third.WaitForLineAsync(IsLeading, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task An_operator_whose_lease_was_taken_ends_with_a_code_of_its_own()
    {
        await using var world = await OperatorWorld.CreateAsync();
        await using var process = await OperatorProcess.StartAsync(world);
        await LeadingAsync(process);

        var taken = new JsonObject
        {
            ["spec"] = new JsonObject { ["holderIdentity"] = "another", ["leaseDurationSeconds"] = 3600 },
        };
        await world.Client.PatchAsync(BuiltIn.Leases, new ResourceKey(world.Namespace, "podengine-operator"), taken, Precondition.None, Token);

        Assert.Equal(75, await process.WaitForExitAsync());
        Assert.Contains("Leadership is lost", process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Probes_and_metrics_are_served_and_the_installation_is_remembered()
    {
        await using var world = await OperatorWorld.CreateAsync();
        await using var process = await OperatorProcess.StartAsync(world, ("INSTALLATION_ID", null));
        var line = await process.WaitForLineAsync(line => line.Contains("Metrics and probes", StringComparison.Ordinal));
        using var http = new HttpClient { BaseAddress = new Uri(line[line.IndexOf("http://", StringComparison.Ordinal)..].TrimEnd('.')) };

        await Eventually.Holds(async () => (await http.GetAsync("/readyz", Token)).IsSuccessStatusCode);
        Assert.True((await http.GetAsync("/livez", Token)).IsSuccessStatusCode);
        await world.ApplyPoolAsync();
        await Eventually.Passes(async () => Assert.Contains(
            "controller_runtime_reconcile_total{controller=\"workerpool\"", await http.GetStringAsync("/metrics", Token), StringComparison.Ordinal));

        var kept = await world.Client.GetAsync(BuiltIn.ConfigMaps, new ResourceKey(world.Namespace, "podengine-installation"), Token);
        Assert.True(Guid.TryParse(kept.Data!["installationId"], out _));
    }

    private static bool IsLeading(string line) => line.Contains("Leading: ", StringComparison.Ordinal);

    private static Task<string> LeadingAsync(ChildProcess process) => process.WaitForLineAsync(IsLeading, TimeSpan.FromSeconds(40));
}
