using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using PodEngine.Kit;
using PodEngine.Kit.Time;
using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Objects;
using PodEngine.Kubernetes.Objects.Core;
using PodEngine.Kubernetes.Reconciling;
using PodEngine.Kubernetes.Watching;

namespace PodEngine.Kubernetes.Tests.Reconciling;

public sealed class ControllerTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> calls = new();
    private Cluster cluster = null!;

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => cluster = await Cluster.CreateAsync();

    public ValueTask DisposeAsync() => cluster?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Every_object_is_looked_at_when_it_is_there_changes_and_goes()
    {
        await cluster.CreateMapAsync("m-a");
        await using var running = await RunAsync((key, value, _) => Note($"{key.Name}={value}"));
        await HasCalled("m-a=1");

        await cluster.ChangeMapAsync("m-a", "2");
        await HasCalled("m-a=1", "m-a=2");
        await cluster.DeleteMapAsync("m-a");

        await HasCalled("m-a=1", "m-a=2", "m-a gone, Told");
    }

    [Fact]
    public async Task An_object_that_fails_is_tried_again_until_it_succeeds_and_the_others_go_on()
    {
        await cluster.CreateMapAsync("m-bad");
        await cluster.CreateMapAsync("m-good");
        var failures = 5;
        await using var running = await RunAsync((key, _, _) => key.Name == "m-bad" && Interlocked.Decrement(ref failures) >= 0
            ? throw new InvalidOperationException("not yet")
            : Note(key.Name));

        await Eventually.Holds(() => calls.Order().SequenceEqual(["m-bad", "m-good"]));
        Assert.Equal(-1, failures);
    }

    [Fact]
    public async Task A_reconcile_without_end_is_ended_by_its_limit_and_tried_again()
    {
        await cluster.CreateMapAsync("m-a");
        var attempts = 0;
        await using var running = await RunAsync(async (key, _, cancellationToken) =>
        {
            if (Interlocked.Increment(ref attempts) == 1)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }

            return await Note(key.Name);
        }, new ControllerOptions { ReconcileTimeout = TimeSpan.FromMilliseconds(200) });

        await HasCalled("m-a");
        Assert.Equal(2, attempts);
    }

    [Fact]
    public async Task Again_comes_back_and_never_does_not()
    {
        await cluster.CreateMapAsync("m-again");
        await cluster.CreateMapAsync("m-never");
        await using var running = await RunAsync(async (key, _, _) =>
        {
            await Note(key.Name);
            return key.Name == "m-again" ? ReconcileOutcome.Again(TimeSpan.FromMilliseconds(50)) : ReconcileOutcome.Never("it is of no use");
        });

        await Eventually.Holds(() => calls.Count(static call => call == "m-again") >= 4);

        Assert.Single(calls, static call => call == "m-never");
    }

    [Fact]
    public async Task A_change_of_another_kind_has_the_concerned_object_looked_at()
    {
        await cluster.CreateMapAsync("m-a");
        var leases = new Informer<Kubernetes.Objects.Coordination.Lease, string>(
            cluster.Client, BuiltIn.Leases, static lease => lease.Metadata.ResourceVersion!, TimeProvider.System, Cluster.Logger,
            new InformerOptions { Objects = cluster.Objects });
        await using var running = await RunAsync((key, value, _) => Note($"{key.Name}={value}"), extend: controller =>
            controller.Watches(leases, change => [cluster.Key(change.Key.Name)]), others: [leases]);
        await HasCalled("m-a=1");

        await cluster.Client.CreateAsync(
            BuiltIn.Leases, new Kubernetes.Objects.Coordination.Lease { Metadata = new ObjectMeta { Name = "m-a", Namespace = cluster.Namespace } }, Ending);

        await HasCalled("m-a=1", "m-a=1");
    }

    [Fact]
    public async Task What_comes_and_goes_before_the_start_leaves_nothing_behind_and_what_is_there_then_is_looked_at_once()
    {
        await using var running = await RunAsync((key, _, _) => Note(key.Name), start: false);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => cluster.CreateMapAsync($"m-{number:00}")));
        await Task.WhenAll(Enumerable.Range(10, 10).Select(number => cluster.DeleteMapAsync($"m-{number:00}")));
        await Eventually.Holds(() => running.Keys.Count(static key => key.Name.StartsWith("m-", StringComparison.Ordinal)) == 10);

        Assert.Equal(0, running.Controller.Known);
        running.Controller.Start();

        await Eventually.Holds(() => calls.Count == 10);
        Assert.Equal(Enumerable.Range(0, 10).Select(static number => $"m-{number:00}"), calls.Order());
    }

    [Fact]
    public async Task A_deletion_that_only_a_list_shows_is_told_from_one_the_server_told_of()
    {
        const string Map = """{"metadata":{"namespace":"n","name":"NAME","uid":"NAME","resourceVersion":"1"}}""";
        var lists = 0;
        var mayExpire = new TaskCompletionSource();
        await using var server = await ScriptedServer.StartAsync(async (context, _) =>
        {
            if (!context.Request.Query.ContainsKey("watch"))
            {
                List<string> names = Interlocked.Increment(ref lists) == 1 ? ["m-told", "m-missing", "m-again"] : ["m-again"];
                await context.Response.WriteAsync(
                    $$$"""{"metadata":{"resourceVersion":"5"},"items":[{{{string.Join(',', names.Select(name => Map.Replace("NAME", name, StringComparison.Ordinal)))}}}]}""");
                return;
            }

            if (Volatile.Read(ref lists) == 1)
            {
                await context.Response.WriteAsync($$$"""{"type":"DELETED","object":{{{Map.Replace("NAME", "m-told", StringComparison.Ordinal)}}}}""" + "\n");
                await context.Response.Body.FlushAsync(Ending);
                await mayExpire.Task;
                await context.Response.WriteAsync("""{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","message":"too old"}}""" + "\n");
                return;
            }

            await Task.Delay(TimeSpan.FromSeconds(30), TimeProvider.System, context.RequestAborted);
        });
        using var client = server.Client();
        var hasFailed = false;
        await using var running = await RunAsync((_, _, _) => Task.FromResult(ReconcileOutcome.Done), client: client, gone: key =>
        {
            // The first attempt fails: the second one must know as much.
            (var first, hasFailed) = (!hasFailed, true);
            return first ? throw new InvalidOperationException("not yet") : key;
        });
        await HasCalled("m-told gone, Told");

        mayExpire.SetResult();

        await HasCalled("m-told gone, Told", "m-missing gone, Missing");
        Assert.Equal(2, running.Lists);
    }

    [Fact]
    public async Task Every_object_is_looked_at_again_ten_hours_later_give_or_take_one()
    {
        await cluster.CreateMapAsync("m-a");
        await cluster.CreateMapAsync("m-b");
        var clock = new ManualTimeProvider();
        await using var running = await RunAsync((key, _, _) => Note(key.Name), time: clock);
        await Eventually.Holds(() => calls.Count == 2 && clock.ArmedTimers == 1);

        clock.Advance(TimeSpan.FromHours(8.9));
        Assert.Equal(1, clock.ArmedTimers);
        Assert.Equal(2, calls.Count);
        clock.Advance(TimeSpan.FromHours(2.2));

        await Eventually.Passes(() =>
        {
            Assert.Equal(["m-a", "m-a", "m-b", "m-b"], calls.Order());
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Stopping_waits_for_the_reconcile_under_way()
    {
        await cluster.CreateMapAsync("m-a");
        var begun = new TaskCompletionSource();
        var mayEnd = new TaskCompletionSource();
        var running = await RunAsync(async (key, _, _) =>
        {
            begun.TrySetResult();
            await mayEnd.Task;
            return await Note(key.Name);
        });
        await begun.Task.WaitAsync(Ending);

        var stopped = running.DisposeAsync().AsTask();
        await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Ending);
        Assert.False(stopped.IsCompleted);
        mayEnd.SetResult();

        await stopped.WaitAsync(Ending);
        Assert.Equal(["m-a"], calls);
    }

    private async Task<Running> RunAsync(
        Func<ResourceKey, string, CancellationToken, Task<ReconcileOutcome>> reconcile,
        ControllerOptions? options = null,
        Action<Controller<ConfigMap, string>>? extend = null,
        IReadOnlyList<IInformer>? others = null,
        bool start = true,
        TimeProvider? time = null,
        KubernetesClient? client = null,
        Func<string, string>? gone = null)
    {
        var informer = new Informer<ConfigMap, string>(
            client ?? cluster.Client, BuiltIn.ConfigMaps, static map => map.Data?.GetValueOrDefault("value") ?? "", TimeProvider.System, Cluster.Logger,
            new InformerOptions { Objects = cluster.Objects });
        var controller = new Controller<ConfigMap, string>("maps", informer, new Reconciler(this, reconcile, gone), time ?? TimeProvider.System, Cluster.Logger, options);
        extend?.Invoke(controller);
        var running = new Running(controller, informer, others ?? []);
        await running.StartAsync(start);
        return running;
    }

    private Task<ReconcileOutcome> Note(string call)
    {
        calls.Enqueue(call);
        return Task.FromResult(ReconcileOutcome.Done);
    }

    private Task HasCalled(params string[] expected) => Eventually.Passes(() =>
    {
        Assert.Equal(expected, calls);
        return Task.CompletedTask;
    });

    private sealed class Running(Controller<ConfigMap, string> controller, Informer<ConfigMap, string> maps, IReadOnlyList<IInformer> others) : IAsyncDisposable
    {
        private readonly IReadOnlyList<IInformer> informers = [maps, .. others];
        private int lists;

        public Controller<ConfigMap, string> Controller => controller;

        public int Lists => Volatile.Read(ref lists);

        public IReadOnlyList<ResourceKey> Keys => maps.Store.Keys();

        public async Task StartAsync(bool start)
        {
            maps.WhenListed(() => Interlocked.Increment(ref lists));
            foreach (var informer in informers)
            {
                informer.Start();
            }

            if (start)
            {
                controller.Start();
            }

            foreach (var informer in informers)
            {
                await informer.WaitForSyncAsync(Ending);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await controller.StopAsync();
            foreach (var informer in informers)
            {
                await informer.StopAsync();
            }
        }
    }

    /// <summary>Ignores the ConfigMap that Kubernetes puts into every namespace.</summary>
    private sealed class Reconciler(
        ControllerTests test, Func<ResourceKey, string, CancellationToken, Task<ReconcileOutcome>> reconcile, Func<string, string>? gone)
        : IEntityController<string>
    {
        public Task<ReconcileOutcome> ReconcileAsync(ResourceKey key, string entity, CancellationToken cancellationToken) =>
            key.Name.StartsWith("m-", StringComparison.Ordinal) ? reconcile(key, entity, cancellationToken) : Task.FromResult(ReconcileOutcome.Done);

        public Task<ReconcileOutcome> DeletedAsync(ResourceKey key, DeletionEvidence evidence, CancellationToken cancellationToken) =>
            test.Note($"{gone?.Invoke(key.Name) ?? key.Name} gone, {evidence}");
    }
}
