using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using PodEngine.Kubernetes.Objects;
using PodEngine.Kubernetes.Objects.Core;
using PodEngine.Resources.GenerationModels;
using PodEngine.Resources.InferenceEndpoints;
using PodEngine.Resources.PodJobs;
using PodEngine.Resources.Schema;
using PodEngine.Resources.WorkerPools;

namespace PodEngine.Resources.Tests.Definitions;

/// <summary>
/// A field that must be there is <c>required</c>, one with a default is never null and has the same default, any other may be null. Records of
/// Kubernetes' own (conditions, environment variables) may have more than the definition lets through, not less.
/// </summary>
public sealed class RecordAgreementTests
{
    private static readonly NullabilityInfoContext Nullability = new();

    private static readonly HashSet<Type> OfKubernetes =
    [
        typeof(Condition), typeof(EnvVar), typeof(EnvVarSource), typeof(EnvFromSource), typeof(KeySelector), typeof(OptionalReference),
        typeof(LocalObjectReference), typeof(Toleration),
    ];

    [Theory]
    [InlineData("PodJob", typeof(PodJob))]
    [InlineData("WorkerPool", typeof(WorkerPool))]
    [InlineData("InferenceEndpoint", typeof(InferenceEndpoint))]
    [InlineData("GenerationModel", typeof(GenerationModel))]
    public void Definition_and_record_say_the_same(string kind, Type record)
    {
        var differences = new List<string>();
        var schema = CustomResourceSchemas.ByKind[kind];
        Compare(schema.Properties["spec"], Property(record, "Spec").PropertyType, "spec", differences);
        Compare(schema.Properties["status"], Property(record, "Status").PropertyType, "status", differences);

        Assert.Empty(differences);
    }

    private static void Compare(SchemaNode schema, Type type, string path, List<string> differences)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        switch (schema)
        {
            case { IntOrString: true } or { Type: "string", Enum.Count: 0, Format: null }:
                Expect(type == typeof(string), path, $"text, but {type.Name}", differences);
                break;
            case { Type: "string", Format: "date-time" }:
                Expect(type == typeof(DateTimeOffset), path, $"time, but {type.Name}", differences);
                break;
            case { Type: "string" }:
                CompareWords(schema, type, path, differences);
                break;
            case { Type: "boolean" }:
                Expect(type == typeof(bool), path, $"flag, but {type.Name}", differences);
                break;
            case { Type: "integer" }:
                Expect(type == (schema.Format == "int64" ? typeof(long) : typeof(int)), path, $"{schema.Format}, but {type.Name}", differences);
                break;
            case { Type: "array", Items: { } items }:
                Compare(items, type.GetGenericArguments()[0], $"{path}[]", differences);
                break;
            case { AdditionalProperties: { Type: null, IntOrString: false } }:
                Expect(type == typeof(JsonObject), path, $"any JSON, but {type.Name}", differences);
                break;
            case { AdditionalProperties: { } values }:
                Compare(values, type.GetGenericArguments()[1], $"{path}{{}}", differences);
                break;
            default:
                CompareFields(schema, type, path, differences);
                break;
        }
    }

    private static void CompareWords(SchemaNode schema, Type type, string path, List<string> differences)
    {
        if (type.IsEnum)
        {
            Expect(schema.Enum.ToHashSet().SetEquals(Enum.GetNames(type)), path, $"{string.Join("|", schema.Enum)}, but {string.Join("|", Enum.GetNames(type))}", differences);
        }
        else
        {
            // Kubernetes' own records have words as text.
            Expect(type == typeof(string) && IsBelowKubernetes(path), path, $"a word, but {type.Name}", differences);
        }
    }

    private static bool IsBelowKubernetes(string path) => path.Contains("conditions[]", StringComparison.Ordinal) || path.Contains("tolerations[]", StringComparison.Ordinal);

    private static void CompareFields(SchemaNode schema, Type type, string path, List<string> differences)
    {
        var properties = type.GetProperties().Where(each => each.GetMethod!.IsPublic && !each.GetMethod.IsStatic && each.Name != "EqualityContract").ToDictionary(Name);
        foreach (var (name, child) in schema.Properties)
        {
            if (!properties.Remove(name, out var property))
            {
                differences.Add($"{path}.{name} has no property in {type.Name}");
                continue;
            }

            Compare(child, property.PropertyType, $"{path}.{name}", differences);
            if (!OfKubernetes.Contains(type))
            {
                ComparePresence(schema, name, child, property, $"{path}.{name}", differences);
            }
        }

        differences.AddRange(properties.Keys.Where(_ => !OfKubernetes.Contains(type)).Select(name => $"{path}.{name} is in {type.Name} alone"));
    }

    private static void ComparePresence(SchemaNode parent, string name, SchemaNode child, PropertyInfo property, string path, List<string> differences)
    {
        var isRequired = property.GetCustomAttribute<RequiredMemberAttribute>() is not null;
        Expect(isRequired == parent.Required.Contains(name), path, $"required in one place: {isRequired} in the record", differences);
        var mayBeNull = Nullability.Create(property).ReadState == NullabilityState.Nullable;
        Expect(mayBeNull == (!isRequired && child.Default is null), path, $"may be null in the record: {mayBeNull}", differences);
        if (child.Default is { } expected)
        {
            // Reflection leaves required members unset, which is what is wanted: the initializers alone.
            var actual = property.GetValue(Activator.CreateInstance(property.DeclaringType!));
            Expect(SameDefault(expected, actual, child), path, $"default {expected.ToJsonString()}, but {actual}", differences);
        }
    }

    private static bool SameDefault(JsonNode expected, object? actual, SchemaNode schema) => expected switch
    {
        JsonObject fields when actual is not null =>
            fields.All(each => SameDefault(each.Value!, Property(actual.GetType(), each.Key).GetValue(actual), schema.Properties[each.Key]))
            && schema.Properties.All(each => (each.Value.Default is null) == !fields.ContainsKey(each.Key) || fields.Count == 0),
        JsonArray items => actual is ICollection { Count: var count } && count == items.Count,
        _ => actual is not null && expected.ToString() == (actual is bool flag ? (flag ? "true" : "false") : actual.ToString()),
    };

    private static PropertyInfo Property(Type type, string name) =>
        type.GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase) ?? throw new MissingMemberException(type.Name, name);

    private static string Name(PropertyInfo property) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    private static void Expect(bool holds, string path, string difference, List<string> differences)
    {
        if (!holds)
        {
            differences.Add($"{path}: {difference}");
        }
    }
}
