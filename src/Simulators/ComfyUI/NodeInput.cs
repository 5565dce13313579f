using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using PodEngine.Simulators.Http;

namespace PodEngine.Simulators.ComfyUI;

/// <summary>One input of a node class; <see cref="Config"/> is the array of <c>/object_info</c>.</summary>
internal sealed record NodeInput(string Name, bool IsRequired, JsonArray Config)
{
    /// <summary>Type name; COMBO for a list of values.</summary>
    public string Type => Config[0].Text() ?? "COMBO";

    private JsonArray? Choices => Config[0] as JsonArray;

    /// <summary>The fault of a literal value, or null. Messages are those of <c>validate_inputs</c> in ComfyUI's <c>execution.py</c>.</summary>
    public JsonObject? Check(JsonNode? value) => Choices is { } choices ? CheckChoice(choices, value) : Type switch
    {
        "INT" or "FLOAT" => CheckNumber(value),
        "STRING" or "BOOLEAN" => null,
        _ => Fault("bad_linked_input", "Bad linked input, must be a length-2 list of [node_id, slot_index]", Name, value),
    };

    public JsonObject Missing() => new()
    {
        ["type"] = "required_input_missing",
        ["message"] = "Required input is missing",
        ["details"] = Name,
        ["extra_info"] = new JsonObject { ["input_name"] = Name },
    };

    public JsonObject Fault(string type, string message, string details, JsonNode? value, bool withConfig = true) => new()
    {
        ["type"] = type,
        ["message"] = message,
        ["details"] = details,
        ["extra_info"] = new JsonObject
        {
            ["input_name"] = Name,
            ["input_config"] = withConfig ? Config.DeepClone() : null,
            ["received_value"] = value?.DeepClone(),
        },
    };

    private JsonObject? CheckChoice(JsonArray choices, JsonNode? value)
    {
        if (choices.Any(choice => JsonNode.DeepEquals(choice, value)))
        {
            return null;
        }

        var isLong = choices.Count > 20;
        var list = isLong ? $"(list of length {choices.Count})" : $"[{string.Join(", ", choices.Select(choice => $"'{choice}'"))}]";
        return Fault("value_not_in_list", "Value not in list", $"{Name}: '{value}' not in {list}", value, withConfig: !isLong);
    }

    private JsonObject? CheckNumber(JsonNode? value)
    {
        var text = value?.GetValueKind() switch
        {
            JsonValueKind.Number => value.ToJsonString(),
            JsonValueKind.String => value.Text(),
            JsonValueKind.True => "1",
            JsonValueKind.False => "0",
            _ => null,
        };
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return Fault("invalid_input_type", $"Failed to convert an input value to a {Type} value", $"{Name}, {value}, could not convert", value);
        }

        var range = Config.Count > 1 ? Config[1] as JsonObject : null;
        if (Bound(range, "min") is { } least && number < least)
        {
            return Fault("value_smaller_than_min", $"Value {text} smaller than min of {least.ToString(CultureInfo.InvariantCulture)}", Name, value);
        }

        return Bound(range, "max") is { } most && number > most
            ? Fault("value_bigger_than_max", $"Value {text} bigger than max of {most.ToString(CultureInfo.InvariantCulture)}", Name, value)
            : null;
    }

    private static decimal? Bound(JsonObject? range, string name) =>
        range?[name] is { } bound ? decimal.Parse(bound.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture) : null;
}
