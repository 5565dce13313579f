namespace PodEngine.Simulators.Tests.Hosting;

public class HostTests : SimulatorTest
{
    [Fact]
    public async Task Every_base_address_is_below_the_root_and_the_host_is_ready_once_started()
    {
        Assert.Equal("ok", (await GetAsync("/healthz")).Text);
        Assert.Equal(new Uri(Host.Url, "/claude"), Host.ClaudeUrl);
        Assert.Equal(new Uri(Host.Url, "/runpod/v2"), Host.RunPodUrl);
        Assert.Equal(new Uri(Host.Url, "/printify"), Host.PrintifyUrl);
        Assert.Equal(new Uri(Host.Url, "/comfyui"), Host.ComfyUIUrl);
    }

    [Fact]
    public async Task Ending_twice_is_harmless_and_frees_the_port()
    {
        var host = await SimulatorHost.StartAsync(new SimulatorOptions(), Cancel);
        await host.DisposeAsync();
        await host.DisposeAsync();

        await using var next = await SimulatorHost.StartAsync(new SimulatorOptions { Url = host.Url.ToString() }, Cancel);

        Assert.Equal(host.Url, next.Url);
    }

    [Fact]
    public void The_command_line_and_the_environment_set_address_and_latencies()
    {
        var options = CommandLine.Read(["--urls", "http://127.0.0.1:9"], name => name == "SIMULATOR_LATENCY_MS" ? "7" : null);

        Assert.Equal(("http://127.0.0.1:9", 7), (options.Url, options.Knobs.ComfyUI.LatencyMs));
        var fault = Assert.Throws<FormatException>(() => CommandLine.Read([], name => name == "SIMULATOR_LATENCY_MS" ? "fast" : null));
        Assert.Contains("SIMULATOR_LATENCY_MS must be a whole number", fault.Message);
        Assert.Contains("--nope", Assert.Throws<FormatException>(() => CommandLine.Read(["--nope", "1"], _ => null)).Message);
    }
}
