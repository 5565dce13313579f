using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using PodEngine.Providers.Http;
using PodEngine.Shared.Faults;

namespace PodEngine.Providers.Tests.Http;

public sealed class ProviderTelemetryTests
{
    [Fact]
    public async Task Every_try_is_counted_by_its_outcome_and_every_call_is_one_span()
    {
        // A name of its own: other tests run beside this one.
        const string provider = "telemetry-test";
        var counted = new ConcurrentQueue<string>();
        var spans = new ConcurrentQueue<string>();
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "podengine_provider_calls_total")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        meters.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            if (Tag(tags, "provider") == provider)
            {
                counted.Enqueue($"{Tag(tags, "operation")} {Tag(tags, "outcome")}");
            }
        });
        meters.Start();
        using var activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ProviderTelemetry.Name,
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => spans.Enqueue($"{activity.DisplayName} {activity.Status}"),
        };
        ActivitySource.AddActivityListener(activities);

        using var pipeline = new ProviderPipeline(provider, new() { RetryDelay = TimeSpan.Zero }, new());
        int tries = 0;
        await pipeline.RunAsync(
            ProviderCall.Read("look"),
            _ => ++tries == 1
                ? throw new ProviderException(provider, "look", HttpFaults.Fault(FaultClass.Provider, FaultCodes.ProviderUnavailable, "down", true))
                : Task.FromResult(0),
            key: null,
            TestContext.Current.CancellationToken);

        Assert.Equal(["look ProviderUnavailable", "look ok"], counted);
        Assert.Equal(["telemetry-test look Unset"], spans.Where(span => span.StartsWith(provider, StringComparison.Ordinal)));
    }

    private static string? Tag(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (var tag in tags)
        {
            if (tag.Key == name)
            {
                return tag.Value as string;
            }
        }

        return null;
    }
}
