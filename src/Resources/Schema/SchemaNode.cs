using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PodEngine.Resources.Schema;

/// <summary>One node of a structural schema: the part of OpenAPI that custom resource definitions use here.</summary>
internal sealed record SchemaNode
{
    /// <summary>What <c>kubectl explain</c> says.</summary>
    public string? Description { get; init; }

    /// <summary><c>object</c>, <c>array</c>, <c>string</c>, <c>integer</c>, <c>number</c> or <c>boolean</c>; null for any value.</summary>
    public string? Type { get; init; }

    /// <summary>Whether null is a value; elsewhere null means that the field is not there.</summary>
    public bool Nullable { get; init; }

    /// <summary>Whether anything below is kept as it is.</summary>
    public bool PreserveUnknown { get; init; }

    /// <summary>Whether a number may stand for a text.</summary>
    public bool IntOrString { get; init; }

    /// <summary>Taken where the field is not there.</summary>
    public JsonNode? Default { get; init; }

    /// <summary>Fields of an object.</summary>
    public IReadOnlyDictionary<string, SchemaNode> Properties { get; init; } = new Dictionary<string, SchemaNode>();

    /// <summary>Fields that must be there.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>Values of a map.</summary>
    public SchemaNode? AdditionalProperties { get; init; }

    /// <summary>Items of a list.</summary>
    public SchemaNode? Items { get; init; }

    /// <summary>The only values allowed; empty for any.</summary>
    public IReadOnlyList<string> Enum { get; init; } = [];

    /// <summary>Least number.</summary>
    public decimal? Minimum { get; init; }

    /// <summary>Greatest number.</summary>
    public decimal? Maximum { get; init; }

    /// <summary>Numbers are multiples of it.</summary>
    public decimal? MultipleOf { get; init; }

    /// <summary>Fewest characters, counted as code points.</summary>
    public int? MinLength { get; init; }

    /// <summary>Most characters, counted as code points.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Fewest items.</summary>
    public int? MinItems { get; init; }

    /// <summary>Most items.</summary>
    public int? MaxItems { get; init; }

    /// <summary>Most keys of a map.</summary>
    public int? MaxProperties { get; init; }

    /// <summary>The pattern as written, for messages.</summary>
    public string? PatternText { get; init; }

    /// <summary>The pattern as it is matched.</summary>
    public Regex? Pattern { get; init; }

    /// <summary>Such as <c>date-time</c>.</summary>
    public string? Format { get; init; }

    /// <summary><c>set</c>, <c>map</c> or <c>atomic</c>.</summary>
    public string? ListType { get; init; }

    /// <summary>Fields that tell the items of a map-like list apart.</summary>
    public IReadOnlyList<string> ListMapKeys { get; init; } = [];

    /// <summary>Rules across fields with their messages.</summary>
    public IReadOnlyList<SchemaRule> Rules { get; init; } = [];

    /// <summary>The schema of a field, be it named or a key of a map; null for fields that are not known.</summary>
    public SchemaNode? Child(string name) => Properties.GetValueOrDefault(name) ?? AdditionalProperties;
}
