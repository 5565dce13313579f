using System.Text.Json.Nodes;

namespace PodEngine.Resources.Schema;

/// <summary>
/// Fills in what a manifest leaves out, as the API server does before it validates: a null where none is allowed counts as left out if there is a
/// default, defaults are taken top down, and a whole number written as 3.0 becomes 3.
/// </summary>
internal static class SchemaDefaults
{
    /// <summary>Changes <paramref name="value"/> in place.</summary>
    public static void Apply(JsonNode? value, SchemaNode schema)
    {
        switch (value)
        {
            case JsonObject fields:
                ApplyToObject(fields, schema);
                break;
            case JsonArray items when schema.Items is { } item:
                for (var index = 0; index < items.Count; index++)
                {
                    var whole = Whole(items[index], item);
                    if (!ReferenceEquals(whole, items[index]))
                    {
                        items[index] = whole;
                    }

                    Apply(whole, item);
                }

                break;
        }
    }

    private static void ApplyToObject(JsonObject fields, SchemaNode schema)
    {
        foreach (var (name, child) in schema.Properties)
        {
            if (child.Default is not null && (!fields.TryGetPropertyValue(name, out var there) || (there is null && !child.Nullable)))
            {
                fields[name] = child.Default.DeepClone();
            }
        }

        foreach (var (name, value) in fields.ToArray())
        {
            if (schema.Child(name) is { } child)
            {
                var whole = Whole(value, child);
                if (!ReferenceEquals(whole, value))
                {
                    fields[name] = whole;
                }

                Apply(whole, child);
            }
        }
    }

    private static JsonNode? Whole(JsonNode? value, SchemaNode schema) =>
        schema.Type == "integer"
        && value is JsonValue number
        && number.TryGetValue<double>(out var fraction)
        && !number.TryGetValue<long>(out _)
        && Math.Abs(fraction) < 1L << 53
        && fraction == Math.Truncate(fraction)
            ? JsonValue.Create((long)fraction)
            : value;
}
