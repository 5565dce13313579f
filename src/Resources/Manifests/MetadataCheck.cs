using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PodEngine.Resources.Rules;
using PodEngine.Resources.Schema;

namespace PodEngine.Resources.Manifests;

/// <summary>Checks the metadata of a manifest, which no schema describes because the API server knows it by itself.</summary>
internal static partial class MetadataCheck
{
    private const int MaxNameLength = 253;

    private static readonly string[] Known =
    [
        "name", "generateName", "namespace", "labels", "annotations", "finalizers", "ownerReferences", "uid", "resourceVersion", "generation",
        "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "managedFields", "selfLink",
    ];

    /// <summary>All faults of <paramref name="metadata"/>.</summary>
    public static IEnumerable<SpecFault> Run(JsonNode? metadata)
    {
        if (metadata is not JsonObject fields)
        {
            return [new SpecFault("metadata.name", "is required")];
        }

        return
        [
            .. fields.Where(static each => !Known.Contains(each.Key, StringComparer.Ordinal)).Select(static each =>
                new SpecFault($"metadata.{each.Key}", NearestName.UnknownField($"metadata.{each.Key}", each.Key, Known))),
            .. Name(fields),
            .. Namespace(fields["namespace"]),
            .. Texts(fields["labels"], "metadata.labels"),
            .. Texts(fields["annotations"], "metadata.annotations"),
        ];
    }

    private static IEnumerable<SpecFault> Name(JsonObject metadata)
    {
        if (Text(metadata["name"]) is { Length: > 0 } name)
        {
            if (name.Length > MaxNameLength || !Subdomain().IsMatch(name))
            {
                yield return new SpecFault(
                    "metadata.name", $"must be lower-case letters, digits, dashes and dots, at most {MaxNameLength} characters, not \"{name}\"");
            }
        }
        else if (Text(metadata["generateName"]) is null or "")
        {
            yield return new SpecFault("metadata.name", "is required");
        }
    }

    private static IEnumerable<SpecFault> Namespace(JsonNode? value)
    {
        if (value is not null && (Text(value) is not { } name || !Label().IsMatch(name)))
        {
            yield return new SpecFault("metadata.namespace", "must be lower-case letters, digits and dashes, at most 63 characters");
        }
    }

    private static IEnumerable<SpecFault> Texts(JsonNode? map, string path) => map switch
    {
        null => [],
        JsonObject texts => texts.Where(static each => Text(each.Value) is null).Select(each =>
            new SpecFault($"{path}.{each.Key}", "must be a text; put numbers and flags in quotes")),
        _ => [new SpecFault(path, "must be an object")],
    };

    private static string? Text(JsonNode? value) => value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z", RegexOptions.NonBacktracking)]
    private static partial Regex Subdomain();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\z")]
    private static partial Regex Label();
}
