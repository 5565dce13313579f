using System.Globalization;
using System.Text;

namespace PodEngine.Operator.Telemetry;

/// <summary>One time series of an instrument: its labels and its value, or its buckets.</summary>
internal sealed class MetricSeries(string labels, bool isHistogram)
{
    /// <summary>Upper bounds of histogram buckets in seconds.</summary>
    private static readonly double[] Bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    private readonly Lock gate = new();
    private readonly long[] buckets = isHistogram ? new long[Bounds.Length] : [];
    private double value;
    private long count;

    /// <summary>Adds to a counter or observes a value of a histogram.</summary>
    public void Add(double measured)
    {
        lock (gate)
        {
            value += measured;
            count++;
            for (var i = 0; i < buckets.Length; i++)
            {
                buckets[i] += measured <= Bounds[i] ? 1 : 0;
            }
        }
    }

    /// <summary>Sets a gauge.</summary>
    public void Set(double measured)
    {
        lock (gate)
        {
            value = measured;
        }
    }

    /// <summary>Writes the series in Prometheus' text format.</summary>
    public void WriteTo(StringBuilder text, string name)
    {
        lock (gate)
        {
            if (!isHistogram)
            {
                Line(text, name, labels, value);
                return;
            }

            for (var i = 0; i < Bounds.Length; i++)
            {
                Line(text, $"{name}_bucket", With($"le=\"{Number(Bounds[i])}\""), buckets[i]);
            }

            Line(text, $"{name}_bucket", With("le=\"+Inf\""), count);
            Line(text, $"{name}_sum", labels, value);
            Line(text, $"{name}_count", labels, count);
        }
    }

    private static void Line(StringBuilder text, string name, string labels, double value) =>
        text.Append(name).Append(labels.Length == 0 ? "" : $"{{{labels}}}").Append(' ').Append(Number(value)).Append('\n');

    private static string Number(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private string With(string label) => labels.Length == 0 ? label : $"{labels},{label}";
}
