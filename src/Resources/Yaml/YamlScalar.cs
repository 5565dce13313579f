using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PodEngine.Resources.Yaml;

/// <summary>Tells numbers, flags and null from text as kubectl does, which still reads YAML 1.1: <c>yes</c> and <c>off</c> are flags.</summary>
internal static partial class YamlScalar
{
    /// <summary>The JSON value of a scalar; a quoted one is always text.</summary>
    public static JsonNode? ToJson(string text, bool plain) => !plain ? JsonValue.Create(text) : text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" or "y" or "Y" => JsonValue.Create(true),
        "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" or "n" or "N" => JsonValue.Create(false),
        _ => Number(text) ?? JsonValue.Create(text),
    };

    private static JsonValue? Number(string text)
    {
        if (DecimalInteger().IsMatch(text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer))
        {
            return JsonValue.Create(integer);
        }

        if (Prefixed().Match(text) is { Success: true } prefixed)
        {
            return JsonValue.Create(Convert.ToInt64(prefixed.Groups["digits"].Value, prefixed.Groups["hex"].Success ? 16 : 8));
        }

        return Float().IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? JsonValue.Create(number)
            : null;
    }

    [GeneratedRegex(@"^[-+]?(0|[1-9][0-9]*)\z")]
    private static partial Regex DecimalInteger();

    [GeneratedRegex(@"^((?<hex>0x)(?<digits>[0-9a-fA-F]{1,15})|0o?(?<digits>[0-7]{1,20}))\z")]
    private static partial Regex Prefixed();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z")]
    private static partial Regex Float();
}
