using System.Text.Json;
using System.Text.Json.Nodes;
using PodEngine.Kubernetes.Objects;
using PodEngine.Resources.Rules;
using PodEngine.Resources.Schema;

namespace PodEngine.Resources.Manifests;

/// <summary>
/// Does to a manifest what the API server does: fills in defaults, checks it against the schema of its custom resource definition and evaluates the
/// rules across fields. Unlike the API server it reports unknown fields always, and the rules beside faults of the schema wherever they can be told.
/// </summary>
public static class ManifestValidator
{
    /// <summary>Validates <paramref name="manifest"/>, which is not changed, as a new object or as the successor of <paramref name="old"/>.</summary>
    /// <param name="manifest">The manifest as written.</param>
    /// <param name="old">The stored object it replaces; null for a new one.</param>
    public static ManifestVerdict Validate(JsonObject manifest, JsonObject? old = null)
    {
        var copy = Copy(manifest);
        if (FindKind(copy, out var faults) is not { } kind)
        {
            return new ManifestVerdict { Manifest = copy, Resource = null, Faults = faults };
        }

        List<SpecFault> found = [.. faults, .. MetadataCheck.Run(copy["metadata"])];
        if (kind.Schema is { } schema)
        {
            SchemaDefaults.Apply(copy, schema);
            found.AddRange(SchemaCheck.Run(copy, schema, "").Where(fault => found.All(other => other.Field != fault.Field) && !IsOfMetadataAlone(fault)));
        }

        var resource = TryRead(kind, copy, found);
        if (resource is not null)
        {
            found.AddRange(kind.CheckRules(resource, old is null ? null : kind.Read(Defaulted(old, kind))));
        }

        return new ManifestVerdict { Manifest = copy, Resource = found.Count == 0 ? resource : null, Faults = found };
    }

    private static ManifestKind? FindKind(JsonObject manifest, out IReadOnlyList<SpecFault> faults)
    {
        var name = Text(manifest["kind"]);
        var apiVersion = Text(manifest["apiVersion"]);
        if (name is null || !ManifestKind.ByName.TryGetValue(name, out var kind))
        {
            var nearest = name is null ? null : NearestName.Find(name, ManifestKind.ByName.Keys);
            faults = [new SpecFault("kind", $"must be {string.Join(", ", ManifestKind.ByName.Keys)}{(nearest is null ? "" : $"; did you mean {nearest}?")}")];
            return null;
        }

        faults = apiVersion == kind.ApiVersion ? [] : [new SpecFault("apiVersion", $"must be {kind.ApiVersion} for a {kind.Kind}, not {apiVersion ?? "missing"}")];
        return kind;
    }

    private static KubernetesObject? TryRead(ManifestKind kind, JsonObject manifest, List<SpecFault> faults)
    {
        try
        {
            return kind.Read(manifest);
        }
        catch (JsonException fault)
        {
            if (faults.Count == 0)
            {
                faults.Add(new SpecFault(fault.Path?.TrimStart('$', '.') ?? "", "does not have the type it should have"));
            }

            return null;
        }
    }

    private static JsonObject Defaulted(JsonObject manifest, ManifestKind kind)
    {
        var copy = Copy(manifest);
        if (kind.Schema is { } schema)
        {
            SchemaDefaults.Apply(copy, schema);
        }

        return copy;
    }

    /// <summary>Schemas name of metadata what they bound; the rest of it is not unknown for that.</summary>
    private static bool IsOfMetadataAlone(SpecFault fault) =>
        fault.Field.StartsWith("metadata.", StringComparison.Ordinal) && fault.Message.StartsWith("unknown field", StringComparison.Ordinal);

    /// <summary>A copy as if parsed, whose numbers convert to any type that holds them, without status.</summary>
    private static JsonObject Copy(JsonObject manifest)
    {
        var copy = (JsonObject)JsonNode.Parse(manifest.ToJsonString())!;
        copy.Remove("status");
        return copy;
    }

    private static string? Text(JsonNode? value) => value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
