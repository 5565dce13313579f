using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace PodEngine.Operator.Telemetry;

/// <summary>
/// Collects the measurements of this product's meters and writes them as Prometheus reads them. Names are taken as they are: the meters already
/// carry units and <c>_total</c> where they belong.
/// </summary>
internal sealed class PrometheusExposition : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<string, Family> families = new();

    /// <summary>Listens from now on.</summary>
    public PrometheusExposition()
    {
        listener.InstrumentPublished = static (instrument, self) =>
        {
            if (instrument.Meter.Name.StartsWith("PodEngine.", StringComparison.Ordinal))
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Measure(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Measure(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Measure(instrument, value, tags));
        listener.Start();
    }

    /// <summary>Everything measured so far, in text format 0.0.4.</summary>
    public string Write()
    {
        listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var (name, family) in families.OrderBy(static family => family.Key, StringComparer.Ordinal))
        {
            text.Append("# HELP ").Append(name).Append(' ').Append(family.Help).Append('\n');
            text.Append("# TYPE ").Append(name).Append(' ').Append(family.Type).Append('\n');
            foreach (var (_, series) in family.Series.OrderBy(static series => series.Key, StringComparer.Ordinal))
            {
                series.WriteTo(text, name);
            }
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public void Dispose() => listener.Dispose();

    private void Measure(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var family = families.GetOrAdd(instrument.Name, static (_, published) => Family.Of(published), instrument);
        var series = family.Series.GetOrAdd(Labels(tags), static (labels, isHistogram) => new MetricSeries(labels, isHistogram), family.Type == "histogram");
        if (instrument.IsObservable)
        {
            series.Set(value);
        }
        else
        {
            series.Add(value);
        }
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in tags)
        {
            var escaped = (value?.ToString() ?? "").Replace("\\", "\\\\", StringComparison.Ordinal)
                .Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
            text.Append(text.Length == 0 ? "" : ",").Append(name).Append("=\"").Append(escaped).Append('"');
        }

        return text.ToString();
    }

    private sealed record Family(string Type, string Help)
    {
        public ConcurrentDictionary<string, MetricSeries> Series { get; } = new();

        public static Family Of(Instrument instrument)
        {
            var kind = instrument.GetType().Name;
            return new Family(
                kind.StartsWith("Histogram", StringComparison.Ordinal) ? "histogram" : kind.StartsWith("Counter", StringComparison.Ordinal) ? "counter" : "gauge",
                (instrument.Description ?? "").ReplaceLineEndings(" "));
        }
    }
}
