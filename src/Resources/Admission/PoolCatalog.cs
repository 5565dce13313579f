using System.Text.Json;
using System.Text.Json.Nodes;
using PodEngine.Kubernetes.Objects.Core;
using PodEngine.Resources.Schema;
using PodEngine.Resources.Yaml;
using PodEngine.Shared.Products;

namespace PodEngine.Resources.Admission;

/// <summary>The product types of a pool: the built-in ones, and those its catalogue ConfigMap adds or changes, each entry as YAML under its type.</summary>
internal sealed class PoolCatalog(ConfigMap? overrides)
{
    private static readonly Lazy<SchemaNode> EntrySchema = new(static () =>
    {
        using var reader = new StreamReader(typeof(PoolCatalog).Assembly.GetManifestResourceStream("catalog-entry.yaml")!);
        return SchemaReader.Read((JsonObject)YamlText.ReadAll(reader.ReadToEnd()).Single().Root);
    });

    /// <summary>Every product type by name, in order.</summary>
    public IReadOnlyList<string> Types { get; } =
        [.. ProductCatalog.Default.Keys.Union(overrides?.Data?.Keys ?? [], StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>A product type, or null with everything that is wrong with its entry.</summary>
    /// <param name="type">One of <see cref="Types"/>.</param>
    /// <param name="faults">Sentences; empty exactly where the definition is returned.</param>
    public ProductDefinition? Find(string type, out IReadOnlyList<string> faults)
    {
        faults = [];
        var builtIn = ProductCatalog.Default.GetValueOrDefault(type);
        if (overrides?.Data?.GetValueOrDefault(type) is not { } text)
        {
            return builtIn;
        }

        var entry = Merge(type, builtIn, text, out faults);
        if (entry is null)
        {
            return null;
        }

        SchemaDefaults.Apply(entry, EntrySchema.Value);
        faults = [.. SchemaCheck.Run(entry, EntrySchema.Value, "").Select(static fault => fault.ToString())];
        if (faults.Count > 0)
        {
            return null;
        }

        entry["type"] = type;
        entry["label"] ??= Title(type);
        var product = entry.Deserialize(CatalogJsonContext.Default.ProductDefinition)!;
        var variants = product.Colors.Count * product.Sizes.Count;
        faults = variants <= ProductCatalog.MaxVariants ? [] : [$"{product.Colors.Count} colors in {product.Sizes.Count} sizes are {variants} variants; Printify takes {ProductCatalog.MaxVariants}"];
        return faults.Count == 0 ? product : null;
    }

    private static JsonObject? Merge(string type, ProductDefinition? builtIn, string text, out IReadOnlyList<string> faults)
    {
        faults = [];
        try
        {
            if (YamlText.ReadAll(text) is [{ Root: JsonObject changes }])
            {
                var merged = builtIn is null ? [] : (JsonObject)JsonSerializer.SerializeToNode(builtIn, CatalogJsonContext.Default.ProductDefinition)!;
                merged.Remove("type");
                foreach (var (name, value) in changes)
                {
                    merged[name] = value?.DeepClone();
                }

                return merged;
            }

            faults = [$"the entry must be an object such as {{blueprintId: 6, priceCents: 1999}}"];
        }
        catch (YamlTextException fault)
        {
            faults = [$"line {fault.Line}: {fault.Message}"];
        }

        return null;
    }

    /// <summary><c>phone-case</c> becomes <c>Phone Case</c>.</summary>
    private static string Title(string type) => string.Join(
        ' ', type.Split('-', StringSplitOptions.RemoveEmptyEntries).Select(static word => char.ToUpperInvariant(word[0]) + word[1..]));
}
