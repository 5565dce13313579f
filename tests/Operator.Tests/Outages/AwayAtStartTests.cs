using PodEngine.Kit.Faults;
using PodEngine.Kubernetes.Objects;
using PodEngine.Operator.Tests.Kit;
using PodEngine.Queue;

namespace PodEngine.Operator.Tests.Outages;

/// <summary>The operator as a process, started while something it needs is away.</summary>
public class AwayAtStartTests
{
    private const string Password = "s3cret-of-the-database";

    /// <summary>What the product promises: everything goes on this soon after the cause is mended.</summary>
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task PostgreSQL_away_at_the_start_is_named_with_what_to_check_and_jobs_go_on_when_it_is_back()
    {
        await using var world = await OperatorWorld.CreateAsync();
        await using var proxy = world.Database.Server.CreateProxy();
        proxy.RefuseNew();
        var url = world.Database.UriVia(proxy).Replace("postgres@", $"postgres:{Password}@", StringComparison.Ordinal);
        await using var process = await OperatorProcess.StartAsync(world, ("DATABASE_URL", url));

        var said = await process.WaitForLineAsync(line => line.Contains("Check that PostgreSQL runs", StringComparison.Ordinal));
        Assert.Contains($"PostgreSQL at 127.0.0.1:{proxy.Port}/{world.Database.Name} cannot be reached: Connection refused.", said, StringComparison.Ordinal);
        Assert.Contains(
            $"Check that PostgreSQL runs and that DATABASE_URL, which leads to 127.0.0.1:{proxy.Port}/{world.Database.Name}, is right.", said, StringComparison.Ordinal);
        await world.ApplyPoolAsync();
        await world.ApplyJobAsync("cats");
        var waiting = await world.WithConditionAsync("cats", "Accepted", "Unknown/DatabaseUnavailable");
        Assert.Contains("Check that the database runs", Conditions.Find(waiting.Status!.Conditions, "Accepted")!.Message, StringComparison.Ordinal);

        await GoesOnAsync(world, proxy);
        await process.WaitForLineAsync(line => line.Contains($"PostgreSQL at 127.0.0.1:{proxy.Port}/{world.Database.Name} is in use", StringComparison.Ordinal));
        Assert.DoesNotContain(Password, process.Output, StringComparison.Ordinal);
        Assert.False(process.HasExited);
    }

    [Fact]
    public async Task An_API_server_away_at_the_start_is_named_with_what_to_check_and_jobs_go_on_when_it_is_back()
    {
        await using var world = await OperatorWorld.CreateAsync();
        await using var proxy = world.Plane.CreateProxy();
        proxy.RefuseNew();
        var kubeconfig = world.Plane.KubeconfigVia(proxy);
        await using var process = await OperatorProcess.StartAsync(world, ("KUBECONFIG", kubeconfig));
        await world.ApplyPoolAsync();
        await world.ApplyJobAsync("cats");

        var said = await process.WaitForLineAsync(line => line.Contains("Lost sight of podjobs", StringComparison.Ordinal));
        Assert.Contains($"cannot reach the API server at https://127.0.0.1:{proxy.Port}", said, StringComparison.Ordinal);
        Assert.Contains("Nothing listens there: check that it runs and that", said, StringComparison.Ordinal);
        Assert.Contains(kubeconfig, said, StringComparison.Ordinal);
        Assert.Contains("names the right port", said, StringComparison.Ordinal);

        await GoesOnAsync(world, proxy);
        Assert.DoesNotContain("PRIVATE KEY", process.Output, StringComparison.Ordinal);
        Assert.False(process.HasExited);
    }

    /// <summary>Mends the way through the proxy and waits, no longer than promised, until the job is accepted and queued.</summary>
    private static async Task GoesOnAsync(OperatorWorld world, FaultProxy proxy)
    {
        proxy.Resume();
        var accepted = await world.WithConditionAsync("cats", "Accepted", "True/Accepted", Promised);
        Assert.Equal(JobState.Queued, (await world.RowAsync(accepted))!.State);
    }
}
