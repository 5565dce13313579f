using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using PodEngine.Kit;
using PodEngine.Kit.Time;
using PodEngine.Kubernetes.Client;
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

    [Theory]
    [InlineData(429, false)]
    [InlineData(429, true)]
    [InlineData(503, false)]
    [InlineData(503, true)]
    public async Task A_server_that_asks_for_time_is_left_alone_that_long(int code, bool duringWatch)
    {
        var isBusy = true;
        await using var server = await ScriptedServer.StartAsync((context, _) => context.Request switch
        {
            _ when IsWatch(context) == duringWatch && Volatile.Read(ref isBusy) => ScriptedServer.RefuseAsync(context, code, "Busy", retryAfter: 30),
            _ when IsWatch(context) => HoldAsync(context),
            _ => context.Response.WriteAsync("""{"metadata":{"resourceVersion":"5"},"items":[]}"""),
        });
        var clock = new ManualTimeProvider();
        var informer = Follow(server, TimeSpan.FromMilliseconds(10), clock);
        await Eventually.Holds(() => informer.Outage is not null && clock.ArmedTimers == 1);
        var asked = server.Requests;

        clock.Advance(TimeSpan.FromSeconds(29.9));
        Assert.Equal(1, clock.ArmedTimers);
        Assert.Equal(asked, server.Requests);
        Volatile.Write(ref isBusy, false);
        clock.Advance(TimeSpan.FromSeconds(0.2));

        await Eventually.Holds(() => informer is { Outage: null, IsSynced: true });
        await informer.StopAsync();
    }

    [Fact]
    public async Task A_server_that_sheds_load_is_not_asked_for_a_list_instead_of_a_watch()
    {
        var (lists, watches) = (0, 0);
        await using var server = await ScriptedServer.StartAsync((context, _) =>
        {
            if (!IsWatch(context))
            {
                Interlocked.Increment(ref lists);
                return context.Response.WriteAsync("""{"metadata":{"resourceVersion":"5"},"items":[]}""");
            }

            return Interlocked.Increment(ref watches) < 10
                ? ScriptedServer.RefuseAsync(context, 503, "ServiceUnavailable")
                : Task.Delay(TimeSpan.FromSeconds(30), TimeProvider.System, context.RequestAborted);
        });
        using var client = new KubernetesClient(server.Connection, TimeProvider.System, new KubernetesClientOptions { MaxRepeats = 0 });
        var informer = new Informer<ConfigMap, string>(
            client, BuiltIn.ConfigMaps, static _ => "", TimeProvider.System, Cluster.Logger,
            new InformerOptions { FirstBackoff = TimeSpan.FromMilliseconds(1), LongestBackoff = TimeSpan.FromMilliseconds(5) });
        informer.Start();

        await Eventually.Holds(() => Volatile.Read(ref watches) == 10);

        Assert.Equal(1, lists);
        await informer.StopAsync();
    }

    [Fact]
    public async Task A_bookmark_moves_the_version_from_which_the_next_watch_goes_on()
    {
        var asked = new ConcurrentQueue<string>();
        await using var server = await ScriptedServer.StartAsync(async (context, _) =>
        {
            if (!IsWatch(context))
            {
                await context.Response.WriteAsync("""{"metadata":{"resourceVersion":"5"},"items":[]}""");
                return;
            }

            asked.Enqueue(context.Request.Query["resourceVersion"].ToString());
            if (asked.Count == 1)
            {
                await context.Response.WriteAsync("""{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"77"}}}""" + "\n");
                return;
            }

            await Task.Delay(TimeSpan.FromSeconds(30), TimeProvider.System, context.RequestAborted);
        });
        var informer = Follow(server, TimeSpan.FromMilliseconds(10));

        await Eventually.Holds(() => asked.Count == 2);

        Assert.Equal(["5", "77"], asked);
        await informer.StopAsync();
    }

    [Fact]
    public async Task Watches_are_asked_to_end_after_five_to_nine_minutes_and_not_all_at_once()
    {
        var seconds = new ConcurrentQueue<int>();
        await using var server = await ScriptedServer.StartAsync((context, _) =>
        {
            seconds.Enqueue(int.Parse(context.Request.Query["timeoutSeconds"].ToString(), System.Globalization.CultureInfo.InvariantCulture));
            return Task.CompletedTask;
        });
        using var client = server.Client();
        var request = new WatchRequest { Objects = ListRequest.Everything, ResourceVersion = "5" };

        for (var watches = 0; watches < 50; watches++)
        {
            Assert.Empty(await client.WatchAsync(BuiltIn.ConfigMaps, request, Ending).ToListAsync(Ending));
        }

        Assert.All(seconds, static each => Assert.InRange(each, 300, 539));
        Assert.True(seconds.Distinct().Count() > 10);
    }

    /// <summary>A watch in which nothing happens.</summary>
    private static async Task HoldAsync(HttpContext context)
    {
        await context.Response.Body.FlushAsync(Ending);
        await Task.Delay(TimeSpan.FromSeconds(30), TimeProvider.System, context.RequestAborted);
    }

    private static bool IsWatch(HttpContext context) => context.Request.Query.ContainsKey("watch");

    private static Informer<ConfigMap, string> Follow(ScriptedServer server, TimeSpan backoff, TimeProvider? time = null)
    {
        var informer = new Informer<ConfigMap, string>(
            server.Client(time), BuiltIn.ConfigMaps, static map => map.Data?.GetValueOrDefault("value") ?? "", time ?? TimeProvider.System, Cluster.Logger,
            new InformerOptions { FirstBackoff = backoff });
        informer.Start();
        return informer;
    }
}
