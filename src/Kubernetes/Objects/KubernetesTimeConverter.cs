using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PodEngine.Kubernetes.Objects;

/// <summary>Writes <c>metav1.Time</c>: UTC in whole seconds. Reads any RFC 3339 time.</summary>
public sealed class KubernetesTimeConverter : JsonConverter<DateTimeOffset>
{
    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset().ToUniversalTime();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString(KubernetesTime.SecondsFormat, CultureInfo.InvariantCulture));
}
