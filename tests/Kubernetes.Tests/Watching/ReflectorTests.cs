using Microsoft.AspNetCore.Http;
using PodEngine.Kit;
using PodEngine.Kubernetes.Objects;
using PodEngine.Kubernetes.Objects.Core;
using PodEngine.Kubernetes.Watching;

namespace PodEngine.Kubernetes.Tests.Watching;

public class ReflectorTests
{
    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_hangs_up_at_once_is_not_hammered()
    {
        await using var server = await ScriptedServer.StartAsync((context, _) => IsWatch(context)
            ? Task.CompletedTask
            : context.Response.WriteAsync("""{"metadata":{"resourceVersion":"5"},"items":[]}"""));
        var informer = Follow(server, TimeSpan.FromMilliseconds(200));
        await informer.WaitForSyncAsync(Ending);

        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Ending);
        await informer.StopAsync();

        Assert.InRange(server.Requests, 2, 10);
    }

    [Fact]
    public async Task An_object_that_cannot_be_read_hides_no_other_and_is_not_taken_for_deleted()
    {
        const string Good = """{"metadata":{"namespace":"n","name":"good","uid":"1","resourceVersion":"1"},"data":{"value":"x"}}""";
        const string Bad = """{"metadata":{"namespace":"n","name":"bad","uid":"2","resourceVersion":"VERSION"},"data":"not a map"}""";
        await using var server = await ScriptedServer.StartAsync(async (context, number) =>
        {
            if (!IsWatch(context))
            {
                await context.Response.WriteAsync($$$"""{"metadata":{"resourceVersion":"5"},"items":[{{{Bad}}},{{{Good}}}]}""");
                return;
            }

            await context.Response.WriteAsync($$$"""{"type":"MODIFIED","object":{{{Bad.Replace("VERSION", "6", StringComparison.Ordinal)}}}}""" + "\n");
            await context.Response.WriteAsync($$$"""{"type":"MODIFIED","object":{{{Good.Replace("\"1\"}", "\"7\"}", StringComparison.Ordinal).Replace("x", "y", StringComparison.Ordinal)}}}}""" + "\n");
            await context.Response.Body.FlushAsync(Ending);
            await Task.Delay(TimeSpan.FromSeconds(30), TimeProvider.System, context.RequestAborted);
        });
        var informer = Follow(server, TimeSpan.FromMilliseconds(10));

        await Eventually.Holds(() => informer.Store.Find(new ResourceKey("n", "good"))?.Item == "y");

        Assert.Equal(1, informer.Store.Count);
        Assert.Null(informer.Outage);
        await informer.StopAsync();
    }

    [Fact]
    public async Task A_list_whose_next_page_is_no_longer_kept_is_read_again_in_one_piece()
    {
        await using var server = await ScriptedServer.StartAsync((context, _) => context.Request.Query switch
        {
            _ when IsWatch(context) => Task.Delay(TimeSpan.FromSeconds(30), TimeProvider.System, context.RequestAborted),
            var query when query.ContainsKey("continue") => ScriptedServer.RefuseAsync(context, 410, "Expired"),
            var query when query.ContainsKey("limit") => context.Response.WriteAsync(
                """{"metadata":{"resourceVersion":"5","continue":"next"},"items":[{"metadata":{"namespace":"n","name":"gone","resourceVersion":"1"}}]}"""),
            _ => context.Response.WriteAsync(
                """{"metadata":{"resourceVersion":"9"},"items":[{"metadata":{"namespace":"n","name":"there","resourceVersion":"8"}}]}"""),
        });
        var informer = Follow(server, TimeSpan.FromMilliseconds(10));

        await informer.WaitForSyncAsync(Ending);

        Assert.Equal([new ResourceKey("n", "there")], informer.Store.Keys());
        await informer.StopAsync();
    }

    [Fact]
    public async Task An_expired_watch_is_followed_by_a_list()
    {
        var lists = 0;
        await using var server = await ScriptedServer.StartAsync((context, _) => IsWatch(context)
            ? Volatile.Read(ref lists) > 1
                ? Task.Delay(TimeSpan.FromSeconds(30), TimeProvider.System, context.RequestAborted)
                : context.Response.WriteAsync("""{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","message":"too old"}}""" + "\n")
            : context.Response.WriteAsync(
                $$$"""{"metadata":{"resourceVersion":"5"},"items":[{"metadata":{"namespace":"n","name":"m-{{{Interlocked.Increment(ref lists)}}}","resourceVersion":"1"}}]}"""));
        var informer = Follow(server, TimeSpan.FromMilliseconds(10));

        await Eventually.Holds(() => informer.Store.Keys().SequenceEqual([new ResourceKey("n", "m-2")]));

        await informer.StopAsync();
    }

    private static bool IsWatch(HttpContext context) => context.Request.Query.ContainsKey("watch");

    private static Informer<ConfigMap, string> Follow(ScriptedServer server, TimeSpan backoff)
    {
        var informer = new Informer<ConfigMap, string>(
            server.Client(), BuiltIn.ConfigMaps, static map => map.Data?.GetValueOrDefault("value") ?? "", TimeProvider.System, Cluster.Logger,
            new InformerOptions { FirstBackoff = backoff });
        informer.Start();
        return informer;
    }
}
