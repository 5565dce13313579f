using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using PodEngine.Kit;

namespace PodEngine.Simulators.Tests.RunPod;

public class WebhookTests : SimulatorTest
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_webhook_gets_the_status_as_often_as_the_knob_says(int deliveries)
    {
        Change(knobs => knobs with { RunPod = knobs.RunPod with { WebhookDeliveries = deliveries } });
        await using var receiver = await Receiver.StartAsync(_ => 200, Cancel);

        var id = await RunAsync(receiver.Url);

        await Eventually.Holds(() => receiver.Bodies.Count == deliveries);
        Assert.All(receiver.Bodies, body => Assert.Equal((id, "COMPLETED"), ((string?)body["id"], (string?)body["status"])));
    }

    [Fact]
    public async Task A_webhook_that_is_not_answered_with_200_is_tried_three_times()
    {
        Change(knobs => knobs with { RunPod = knobs.RunPod with { WebhookRetryMs = 1 } });
        await using var receiver = await Receiver.StartAsync(attempt => attempt < 3 ? 500 : 200, Cancel);

        await RunAsync(receiver.Url);

        await Eventually.Holds(() => (int)Host.ReadLedger()["runpod"]!["webhookDeliveries"]! == 1);
        Assert.Equal(3, receiver.Bodies.Count);
    }

    private async Task<string?> RunAsync(string url) =>
        (string?)(await PostAsync("/runpod/v2/ep/run", new JsonObject { ["input"] = new JsonObject { ["x"] = 1 }, ["webhook"] = url }))["id"];

    private sealed class Receiver(WebApplication application) : IAsyncDisposable
    {
        public ConcurrentQueue<JsonNode> Bodies { get; } = new();

        public string Url => application.Urls.First() + "/hook/secret";

        public static async Task<Receiver> StartAsync(Func<int, int> statusOf, CancellationToken cancellationToken)
        {
            var application = Build();
            application.Urls.Add("http://127.0.0.1:0");
            var receiver = new Receiver(application);
            application.MapPost("/hook/secret", async context =>
            {
                receiver.Bodies.Enqueue((await JsonNode.ParseAsync(context.Request.Body, cancellationToken: cancellationToken))!);
                context.Response.StatusCode = statusOf(receiver.Bodies.Count);
            });
            await application.StartAsync(cancellationToken);
            return receiver;
        }

        private static WebApplication Build()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            return builder.Build();
        }

        public ValueTask DisposeAsync() => application.DisposeAsync();
    }
}
