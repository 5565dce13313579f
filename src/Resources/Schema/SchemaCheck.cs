using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using PodEngine.Resources.Rules;

namespace PodEngine.Resources.Schema;

/// <summary>Checks a manifest against its schema and reports everything that is wrong. Defaults must have been applied.</summary>
internal sealed class SchemaCheck
{
    private readonly List<SpecFault> faults = [];

    private SchemaCheck()
    {
    }

    /// <summary>All faults of <paramref name="value"/>, whose own path is <paramref name="path"/>.</summary>
    public static IReadOnlyList<SpecFault> Run(JsonNode? value, SchemaNode schema, string path)
    {
        var check = new SchemaCheck();
        check.Check(value, schema, path);
        return check.faults;
    }

    private void Check(JsonNode? value, SchemaNode schema, string path)
    {
        if (value is null)
        {
            Require(schema.Nullable, path, $"may not be null; {Expected(schema)}, or leave it out");
            return;
        }

        if (!HasType(value, schema))
        {
            Fault(path, $"{Expected(schema)}, not {Found(value)}");
            return;
        }

        switch (value)
        {
            case JsonObject fields:
                CheckObject(fields, schema, path);
                break;
            case JsonArray items:
                CheckList(items, schema, path);
                break;
            case JsonValue scalar when scalar.GetValueKind() == JsonValueKind.Number:
                CheckNumber(scalar, schema, path);
                break;
            case JsonValue scalar when scalar.GetValueKind() == JsonValueKind.String:
                CheckText(scalar.GetValue<string>(), schema, path);
                break;
        }
    }

    private void CheckObject(JsonObject fields, SchemaNode schema, string path)
    {
        foreach (var name in schema.Required.Where(each => !fields.ContainsKey(each)))
        {
            Fault(Join(path, name), "is required");
        }

        if (schema.MaxProperties is { } most)
        {
            Require(fields.Count <= most, path, $"may have at most {most} keys, not {fields.Count}");
        }

        foreach (var (name, value) in fields)
        {
            if (schema.Child(name) is { } child)
            {
                Check(value, child, Join(path, name));
            }
            else if (!schema.PreserveUnknown && schema.Type == "object" && schema.Properties.Count > 0)
            {
                Fault(Join(path, name), NearestName.UnknownField(Join(path, name), name, schema.Properties.Keys));
            }
        }
    }

    private void CheckList(JsonArray items, SchemaNode schema, string path)
    {
        Require(items.Count >= (schema.MinItems ?? 0), path, $"must have at least {schema.MinItems} {Plural(schema.MinItems, "item")}");
        Require(items.Count <= (schema.MaxItems ?? int.MaxValue), path, $"may have at most {schema.MaxItems} items, not {items.Count}");
        if (schema.Items is not { } itemSchema)
        {
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < items.Count; index++)
        {
            Check(items[index], itemSchema, $"{path}[{index}]");
            if (Identity(items[index], schema) is { } identity)
            {
                Require(seen.Add(identity), $"{path}[{index}]", $"is there twice: {identity}");
            }
        }
    }

    private void CheckNumber(JsonValue number, SchemaNode schema, string path)
    {
        if (schema.Type is not ("integer" or "number"))
        {
            return;
        }

        if (!decimal.TryParse(number.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
        {
            Fault(path, $"must be a smaller number than {number.ToJsonString()}");
            return;
        }

        Require(value >= (schema.Minimum ?? value), path, $"must be at least {schema.Minimum}, not {value}");
        Require(value <= (schema.Maximum ?? value), path, $"must be at most {schema.Maximum}, not {value}");
        Require(schema.MultipleOf is not { } step || value % step == 0, path, $"must be a multiple of {schema.MultipleOf}, not {value}");
    }

    private void CheckText(string text, SchemaNode schema, string path)
    {
        var length = text.EnumerateRunes().Count();
        if (length < (schema.MinLength ?? 0))
        {
            Fault(path, $"must have at least {schema.MinLength} {Plural(schema.MinLength, "character")}");
            return;
        }

        Require(length <= (schema.MaxLength ?? int.MaxValue), path, $"may have at most {schema.MaxLength} characters, not {length}");
        if (schema.Enum.Count > 0 && !schema.Enum.Contains(text, StringComparer.Ordinal))
        {
            Fault(path, $"must be {string.Join(" or ", schema.Enum)}, not {Shortened(text)}");
        }

        Require(schema.Pattern is null || schema.Pattern.IsMatch(text), path, $"does not match {schema.PatternText}: {Shortened(text)}");
        Require(schema.Format != "date-time" || IsTime(text), path, $"must be a time such as 2026-01-31T08:00:00Z, not {Shortened(text)}");
    }

    private static bool IsTime(string text) =>
        text.Length >= 20
        && text[10] is 'T'
        && (text[^1] is 'Z' || (text[^3] == ':' && text[^6] is '+' or '-'))
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static string? Identity(JsonNode? item, SchemaNode list) => list.ListType switch
    {
        "set" => item is JsonValue value ? value.ToString() : item?.ToJsonString(),
        "map" when item is JsonObject fields && list.ListMapKeys.All(fields.ContainsKey) =>
            string.Join(", ", list.ListMapKeys.Select(key => $"{key} {fields[key]}")),
        _ => null,
    };

    private static bool HasType(JsonNode value, SchemaNode schema)
    {
        var kind = value.GetValueKind();
        if (schema.IntOrString)
        {
            return kind == JsonValueKind.String || IsInteger(value);
        }

        return schema.Type switch
        {
            "object" => kind == JsonValueKind.Object,
            "array" => kind == JsonValueKind.Array,
            "string" => kind == JsonValueKind.String,
            "boolean" => kind is JsonValueKind.True or JsonValueKind.False,
            "integer" => IsInteger(value),
            "number" => kind == JsonValueKind.Number,
            _ => true,
        };
    }

    private static bool IsInteger(JsonNode value) => value is JsonValue number && number.GetValueKind() == JsonValueKind.Number && number.TryGetValue<long>(out _);

    private static string Expected(SchemaNode schema) => schema switch
    {
        { IntOrString: true } => "must be a text or a whole number",
        { Type: "object" } => "must be an object",
        { Type: "array" } => "must be a list",
        { Type: "string" } => "must be a text",
        { Type: "boolean" } => "must be true or false",
        { Type: "number" } => "must be a number",
        _ => "must be a whole number",
    };

    private static string Found(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => $"the text {Shortened(value.GetValue<string>())}",
        JsonValueKind.Number => $"the number {value.ToJsonString()}",
        var other => other == JsonValueKind.True ? "true" : "false",
    };

    private static string Shortened(string text) => text.Length <= 64 ? $"\"{text}\"" : $"\"{text.AsSpan(0, 63)}…\"";

    private static string Plural(int? count, string word) => count == 1 ? word : $"{word}s";

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private void Require(bool holds, string path, string message)
    {
        if (!holds)
        {
            Fault(path, message);
        }
    }

    private void Fault(string path, string message) => faults.Add(new SpecFault(path, message));
}
