using Microsoft.AspNetCore.Http;
using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Objects;
using PodEngine.Kubernetes.Objects.Core;

namespace PodEngine.Kubernetes.Tests.Client;

public class RepeatTests
{
    private static readonly ResourceKey Key = new("n", "a");

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_turned_away_is_repeated_after_the_time_the_server_names()
    {
        await using var server = await ScriptedServer.StartAsync((context, number) => number == 1
            ? ScriptedServer.RefuseAsync(context, 429, "TooManyRequests", retryAfter: 1)
            : context.Response.WriteAsync("""{"metadata":{"name":"a"}}"""));
        using var client = server.Client();
        var startedAt = TimeProvider.System.GetTimestamp();

        var created = await client.CreateAsync(BuiltIn.ConfigMaps, new ConfigMap { Metadata = new ObjectMeta { Name = "a", Namespace = "n" } }, Ending);

        Assert.Equal("a", created.Metadata.Name);
        Assert.Equal(2, server.Requests);
        Assert.InRange(TimeProvider.System.GetElapsedTime(startedAt).TotalSeconds, 0.95, 10);
    }

    [Fact]
    public async Task A_longer_wait_than_a_call_may_take_is_handed_to_the_caller()
    {
        await using var server = await ScriptedServer.StartAsync((context, _) => ScriptedServer.RefuseAsync(context, 429, "TooManyRequests", retryAfter: 60));
        using var client = server.Client();

        var refusal = await Assert.ThrowsAsync<KubernetesException>(() => client.GetAsync(BuiltIn.ConfigMaps, Key, Ending));

        Assert.Equal((true, TimeSpan.FromSeconds(60)), (refusal.IsTooManyRequests, refusal.RetryAfter));
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task A_write_that_met_a_server_error_is_not_repeated_because_it_may_have_been_done()
    {
        await using var server = await ScriptedServer.StartAsync((context, _) => ScriptedServer.RefuseAsync(context, 500, "InternalError"));
        using var client = server.Client();

        var refusal = await Assert.ThrowsAsync<KubernetesException>(
            () => client.DeleteAsync(BuiltIn.ConfigMaps, Key, Precondition.None, Propagation.Background, Ending));

        Assert.True(refusal.IsServerError);
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task A_token_the_server_no_longer_takes_is_read_again_and_tried_once_more()
    {
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, "old", Ending);
        await using var server = await ScriptedServer.StartAsync(async (context, _) =>
        {
            if (context.Request.Headers.Authorization == "Bearer new")
            {
                await context.Response.WriteAsync("""{"metadata":{"name":"a"}}""");
                return;
            }

            await File.WriteAllTextAsync(path, "new", Ending);
            await ScriptedServer.RefuseAsync(context, 401, "Unauthorized");
        });
        using var client = new KubernetesClient(server.Connection with { Token = null, TokenFile = path }, TimeProvider.System);

        Assert.Equal("a", (await client.GetAsync(BuiltIn.ConfigMaps, Key, Ending)).Metadata.Name);
        File.Delete(path);
    }
}
