using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace PodEngine.Providers.Http;

/// <summary>
/// What is measured of provider calls. <c>podengine_provider_calls_total</c> counts tries and
/// <c>podengine_provider_call_duration_seconds</c> times them, both by <c>provider</c>, <c>operation</c> and <c>outcome</c>:
/// <c>ok</c>, <c>cancelled</c>, <c>not_sent</c> (open circuit or used-up budget) or a fault code. Each call is one span.
/// </summary>
public static class ProviderTelemetry
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "PodEngine.Providers";

    private static readonly Meter ProviderMeter = new(Name);

    private static readonly Counter<long> Calls = ProviderMeter.CreateCounter<long>(
        "podengine_provider_calls_total", "{call}", "Tries of calls to outside services.");

    private static readonly Histogram<double> Duration = ProviderMeter.CreateHistogram<double>(
        "podengine_provider_call_duration_seconds", "s", "How long a try took.");

    internal static ActivitySource Source { get; } = new(Name);

    internal static void Count(string provider, string operation, string outcome, TimeSpan took)
    {
        var tags = new TagList { { "provider", provider }, { "operation", operation }, { "outcome", outcome } };
        Calls.Add(1, tags);
        Duration.Record(took.TotalSeconds, tags);
    }
}
