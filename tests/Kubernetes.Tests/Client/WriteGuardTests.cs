using Microsoft.AspNetCore.Http;
using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Objects;
using PodEngine.Kubernetes.Objects.Core;

namespace PodEngine.Kubernetes.Tests.Client;

public class WriteGuardTests
{
    private static readonly ConfigMap Map = new() { Metadata = new ObjectMeta { Name = "a", Namespace = "n" } };

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_write_that_may_not_be_sent_any_more_reaches_no_server_and_reads_go_on()
    {
        await using var cluster = await Cluster.CreateAsync();
        var mayWrite = true;
        var guarded = cluster.Client.Guarded(() => mayWrite);
        var created = await guarded.CreateAsync(BuiltIn.ConfigMaps, cluster.Map("a"), Ending);
        mayWrite = false;
        var patch = new System.Text.Json.Nodes.JsonObject { ["data"] = new System.Text.Json.Nodes.JsonObject { ["value"] = "2" } };

        await Withheld(() => guarded.CreateAsync(BuiltIn.ConfigMaps, cluster.Map("b"), Ending));
        await Withheld(() => guarded.PatchAsync(BuiltIn.ConfigMaps, cluster.Key("a"), patch, Precondition.None, Ending));
        await Withheld(() => guarded.ApplyAsync(BuiltIn.ConfigMaps, cluster.Map("a", "2"), "tests", force: true, Ending));
        await Withheld(() => guarded.DeleteAsync(BuiltIn.ConfigMaps, cluster.Key("a"), Precondition.None, Propagation.Background, Ending));

        var now = await guarded.GetAsync(BuiltIn.ConfigMaps, cluster.Key("a"), Ending);
        Assert.Equal(created.Metadata.ResourceVersion, now.Metadata.ResourceVersion);
        Assert.Null(await guarded.FindAsync(BuiltIn.ConfigMaps, cluster.Key("b"), Ending));
        await cluster.ChangeMapAsync("a", "2");
    }

    [Fact]
    public async Task The_repeat_of_a_write_is_asked_for_anew()
    {
        var mayWrite = true;
        await using var server = await ScriptedServer.StartAsync((context, _) =>
        {
            mayWrite = false;
            return ScriptedServer.RefuseAsync(context, 429, "TooManyRequests", retryAfter: 1);
        });
        using var client = server.Client();

        await Withheld(() => client.Guarded(() => mayWrite).CreateAsync(BuiltIn.ConfigMaps, Map, Ending));

        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task Disposing_the_guarded_client_leaves_the_connections_to_the_other()
    {
        await using var server = await ScriptedServer.StartAsync((context, _) => context.Response.WriteAsync("""{"metadata":{"name":"a"}}"""));
        using var client = server.Client();
        client.Guarded(static () => true).Dispose();

        Assert.Equal("a", (await client.CreateAsync(BuiltIn.ConfigMaps, Map, Ending)).Metadata.Name);
    }

    private static async Task Withheld(Func<Task> write) =>
        Assert.Contains("Nothing was sent", (await Assert.ThrowsAsync<WriteWithheldException>(write)).Message, StringComparison.Ordinal);
}
