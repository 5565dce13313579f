using System.Reflection;
using System.Text.Json.Nodes;

namespace PodEngine.Shared.Tests;

/// <summary>Texts as an older binary wrote them: with a member less, anywhere in the text.</summary>
internal static class OlderTexts
{
    /// <summary>Every member of the objects of a record's text, by the record it belongs to.</summary>
    public static IEnumerable<(object Owner, PropertyInfo Member, JsonObject Json)> Members(object record, JsonObject json)
    {
        foreach (var member in record.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(member => member.CanWrite))
        {
            yield return (record, member, json);
            var inner = member.GetValue(record);
            switch (json[NameOf(member)])
            {
                case JsonObject child when inner is not JsonNode:
                    foreach (var each in Members(inner!, child))
                    {
                        yield return each;
                    }

                    break;
                case JsonArray items when inner is IEnumerable<object> values and not IEnumerable<string>:
                    foreach (var each in values.Zip(items).Where(pair => pair.Second is JsonObject).SelectMany(pair => Members(pair.First, (JsonObject)pair.Second!)))
                    {
                        yield return each;
                    }

                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>True for members a text must have: <c>required</c> ones, and those of a positional record.</summary>
    public static bool IsRequired(PropertyInfo member) =>
        member.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute))
        || member.DeclaringType!.GetConstructors().All(constructor => constructor.GetParameters().Length > 0);

    /// <summary>What the record has where nothing is said: the value of its initializer.</summary>
    public static object? DefaultOf(PropertyInfo member) => member.GetValue(Activator.CreateInstance(member.DeclaringType!));

    public static string NameOf(PropertyInfo member) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(member.Name);
}
