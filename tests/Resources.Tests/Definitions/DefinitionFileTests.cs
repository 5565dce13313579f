using System.Text;
using PodEngine.Resources.Rules;
using PodEngine.Resources.Schema;

namespace PodEngine.Resources.Tests.Definitions;

public sealed class DefinitionFileTests
{
    public static TheoryData<string> Kinds => ["PodJob", "WorkerPool", "InferenceEndpoint", "GenerationModel"];

    [Fact]
    public void There_is_one_definition_per_kind_and_each_is_smaller_than_100_kB()
    {
        Assert.Equal(
            ["GenerationModel", "InferenceEndpoint", "PodJob", "WorkerPool"],
            CustomResourceSchemas.ByKind.Keys.Order(StringComparer.Ordinal));
        Assert.All(CustomResourceSchemas.Definitions.Values, text => Assert.InRange(Encoding.UTF8.GetByteCount(text), 1, 100_000));
    }

    [Fact]
    public void The_messages_of_the_rules_are_those_of_the_one_file_and_the_other_way_round()
    {
        var inDefinitions = CustomResourceSchemas.ByKind.Values.SelectMany(schema => Walk(schema, "")).SelectMany(node => node.Schema.Rules).Select(rule => rule.Message);

        Assert.Equal(RuleTexts.All.Values.Order(StringComparer.Ordinal), inDefinitions.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_field_is_described(string kind)
    {
        var silent = Walk(CustomResourceSchemas.ByKind[kind], "").Where(node =>
            node.Schema.Description is not { Length: > 5 } && !node.Path.StartsWith(".metadata", StringComparison.Ordinal) && !IsListOfWords(node));

        Assert.Empty(silent.Select(node => node.Path));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_text_list_map_and_number_is_bounded(string kind)
    {
        var unbounded = Walk(CustomResourceSchemas.ByKind[kind], "").Where(node => node.Path.StartsWith(".spec", StringComparison.Ordinal) && node.Schema switch
        {
            { Type: "string", Enum.Count: > 0 } or { Type: "string", Format: "date-time" } => false,
            { Type: "string" } or { IntOrString: true } => node.Schema.MaxLength is null,
            { Type: "array" } => node.Schema.MaxItems is null || node.Schema.ListType is null,
            { Type: "object", AdditionalProperties: not null } => node.Schema.MaxProperties is null,
            { Type: "integer" } => node.Schema.Minimum is null || node.Schema.Maximum is null,
            _ => false,
        });

        Assert.Empty(unbounded.Select(node => node.Path));
    }

    internal static IEnumerable<(string Path, SchemaNode Schema)> Walk(SchemaNode schema, string path)
    {
        yield return (path, schema);
        var children = schema.Properties.Select(each => ($"{path}.{each.Key}", each.Value));
        children = schema.Items is { } items ? children.Append(($"{path}[]", items)) : children;
        children = schema.AdditionalProperties is { } values ? children.Append(($"{path}{{}}", values)) : children;
        foreach (var node in children.SelectMany(child => Walk(child.Item2, child.Item1)))
        {
            yield return node;
        }
    }

    private static bool IsListOfWords((string Path, SchemaNode Schema) node) => node.Path.EndsWith("[]", StringComparison.Ordinal) && node.Schema.Type == "string";
}
