using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using PodEngine.Kit;
using PodEngine.Kubernetes.Objects;
using PodEngine.Kubernetes.Objects.Events;
using PodEngine.Kubernetes.Recording;

namespace PodEngine.Kubernetes.Tests.Recording;

public sealed class EventRecorderTests : IAsyncLifetime
{
    private Cluster cluster = null!;

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => cluster = await Cluster.CreateAsync();

    public ValueTask DisposeAsync() => cluster?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task An_event_that_happens_again_is_one_event_with_a_count()
    {
        var map = await cluster.CreateMapAsync("a");
        var recorder = Recorder(new EventRecorderOptions { ReportingController = "tests.example/tests", SeriesInterval = TimeSpan.FromMilliseconds(100) });
        recorder.Start();

        for (var times = 0; times < 3; times++)
        {
            recorder.Record(ObjectReference.To(map), EventType.Warning, "ItBroke", "Mending", "It broke.");
        }

        recorder.Record(ObjectReference.To(map), EventType.Normal, "ItWorks", "Mending", "It works.");
        await recorder.StopAsync();
        await recorder.StopAsync();

        var events = await EventsAsync();
        Assert.Equal(["ItBroke", "ItWorks"], events.Select(static each => each.Reason).Order());
        Assert.Equal(3, events.Single(static each => each.Reason == "ItBroke").Series?.Count);
        var described = (await cluster.Tenant.KubectlAsync(["describe", "configmap", "a"])).Expect();
        Assert.Contains("ItBroke", described, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_object_that_talks_too_much_is_cut_short_and_another_is_not()
    {
        var loud = await cluster.CreateMapAsync("loud");
        var quiet = await cluster.CreateMapAsync("quiet");
        var recorder = Recorder(new EventRecorderOptions { ReportingController = "tests.example/tests", Burst = 3 });
        recorder.Start();

        for (var times = 0; times < 10; times++)
        {
            recorder.Record(ObjectReference.To(loud), EventType.Normal, "Said", "Saying", $"Thing {times}.");
        }

        recorder.Record(ObjectReference.To(quiet), EventType.Normal, "Said", "Saying", new string('ü', 2000));
        await recorder.StopAsync();

        var events = await EventsAsync();
        Assert.Equal<int?>(
            [null, null, 8],
            events.Where(static each => each.Regarding!.Name == "loud").OrderBy(static each => each.Note).Select(static each => each.Series?.Count));
        Assert.Single(events, static each => each.Regarding!.Name == "quiet");
    }

    [Fact]
    public async Task Many_notes_of_one_reason_are_a_few_events_and_other_reasons_are_heard_beside_them()
    {
        var map = await cluster.CreateMapAsync("a");
        var recorder = Recorder(new EventRecorderOptions { ReportingController = "tests.example/tests", NotesPerReason = 2 });
        recorder.Start();

        for (var times = 0; times < 7; times++)
        {
            recorder.Record(ObjectReference.To(map), EventType.Normal, "Counted", "Counting", $"{times} so far.");
        }

        recorder.Record(ObjectReference.To(map), EventType.Normal, "Ended", "Counting", "7 in all.");
        await recorder.StopAsync();

        Assert.Equal(
            ["0 so far. ", "1 so far. 6", "7 in all. "],
            (await EventsAsync()).Select(static each => $"{each.Note} {each.Series?.Count}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Five_thousand_objects_that_have_something_to_tell_at_once_are_all_heard()
    {
        const int Objects = 5_000;
        var heard = new ConcurrentDictionary<string, int>();
        await using var server = await ScriptedServer.StartAsync(async (context, _) =>
        {
            var written = (await JsonNode.ParseAsync(context.Request.Body, cancellationToken: Ending))!;
            var count = (int?)written["series"]?["count"] ?? 1;
            var name = (string?)written["regarding"]?["name"] ?? context.Request.Path.ToString().Split('/')[^1].Split('.')[0];
            heard[name] = count;
            await context.Response.WriteAsync("{}");
        });
        using var client = server.Client();
        var recorder = new EventRecorder(client, new EventRecorderOptions { ReportingController = "tests.example/tests" }, TimeProvider.System, Cluster.Logger);

        for (var number = 0; number < 2 * Objects; number++)
        {
            var regarding = new ObjectReference { Kind = "PodJob", Namespace = "n", Name = $"job-{number % Objects}", Uid = $"uid-{number % Objects}" };
            recorder.Record(regarding, EventType.Normal, "Queued", "Enqueue", "The job is queued.");
        }

        Assert.Equal(Objects, recorder.Waiting);
        recorder.Start();

        await Eventually.Holds(() => recorder.Waiting == 0, TimeSpan.FromMinutes(1));
        await recorder.StopAsync();
        Assert.Equal((Objects, Objects), (heard.Count, server.Requests));
        Assert.All(heard.Values, static count => Assert.Equal(2, count));
    }

    [Fact]
    public async Task An_api_server_that_is_away_costs_the_event_and_nothing_else()
    {
        var map = await cluster.CreateMapAsync("a");
        var (client, proxy) = cluster.ThroughProxy();
        var recorder = new EventRecorder(client, new EventRecorderOptions { ReportingController = "tests.example/tests" }, TimeProvider.System, Cluster.Logger);
        recorder.Start();
        proxy.RefuseNew();
        recorder.Record(ObjectReference.To(map), EventType.Normal, "Lost", "Testing", "Nobody hears it.");
        await Eventually.Holds(() => recorder.Waiting == 0);
        proxy.Resume();
        recorder.Record(ObjectReference.To(map), EventType.Normal, "Heard", "Testing", "Somebody hears it.");

        await Eventually.Holds(async () => (await EventsAsync()).Any(static each => each.Reason == "Heard"));

        await recorder.StopAsync();
    }

    private EventRecorder Recorder(EventRecorderOptions options) => new(cluster.Client, options, TimeProvider.System, Cluster.Logger);

    private async Task<IReadOnlyList<Event>> EventsAsync() => await cluster.Client.ListAsync(BuiltIn.Events, cluster.Objects, Ending);
}
