using System.Text.Json.Serialization;
using PodEngine.Shared.Products;

namespace PodEngine.Resources.Admission;

/// <summary>Reads and writes catalogue entries.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ProductDefinition))]
internal sealed partial class CatalogJsonContext : JsonSerializerContext;
