using PodEngine.Kit;
using PodEngine.Kit.ControlPlanes;
using Xunit.Sdk;

namespace PodEngine.EndToEnd.Tests;

/// <summary>The README's tour, once for all tests that look at its end: operator and worker run, the samples are applied, all jobs are Completed.</summary>
public abstract class AppliedSamples(Func<Task<ControlPlane>> plane) : IAsyncLifetime
{
    /// <summary>The jobs of the samples.</summary>
    public static readonly string[] Jobs = ["coffee-mug", "cyber-punk", "mountain-poster"];

    private Scene? _scene;

    internal Scene Scene => _scene ?? throw new InvalidOperationException("The samples are applied before the first test.");

    /// <summary>What <c>kubectl wait</c> printed.</summary>
    internal string Waited { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        _scene = await Scene.CreateAsync(await plane());
        try
        {
            await RunAsync();
        }
        catch (Exception fault)
        {
            throw new XunitException($"{fault.Message}\n{await Scene.DescribeAsync()}", fault);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_scene is not null)
        {
            await _scene.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    private async Task RunAsync()
    {
        await Scene.StartOperatorAsync();
        await Scene.ApplyAsync(Scene.Samples());
        await Scene.StartWorkerAsync();
        Waited = await Scene.KubectlAsync(["wait", "--for=condition=Complete", "--timeout=180s", .. Jobs.Select(job => $"podjob/{job}")]);
        await Eventually.Holds(
            async () => (string?)(await Scene.GetAsync("workerpool", "default"))["status"]?["queue"]?["pending"] is not null,
            TimeSpan.FromSeconds(60),
            "the pool's status tells its queue");
    }
}

/// <summary>On an API server that enforces CEL rules.</summary>
public sealed class AppliedSamplesOnCurrentServer() : AppliedSamples(ControlPlane.SharedAsync);

/// <summary>On an API server of 1.20, which drops CEL rules and selectable fields.</summary>
public sealed class AppliedSamplesOnOldServer() : AppliedSamples(ControlPlane.SharedPlainAsync);
