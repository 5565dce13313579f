using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using PodEngine.Pipeline.Images;
using PodEngine.Pipeline.Products;
using PodEngine.Pipeline.Prompts;
using PodEngine.Pipeline.Publishing;

namespace PodEngine.Pipeline.Purchases;

/// <summary>Requests and results of purchases as the ledger keeps them. Fields may be added; none may change its meaning: old jobs are resumed from them.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PromptsBought))]
[JsonSerializable(typeof(PromptsWanted))]
[JsonSerializable(typeof(DrawnPicture))]
[JsonSerializable(typeof(PictureWanted))]
[JsonSerializable(typeof(PictureProvenance))]
[JsonSerializable(typeof(ComfyUiSource))]
[JsonSerializable(typeof(MarkedRequest))]
[JsonSerializable(typeof(ExternalThing))]
[JsonSerializable(typeof(PublishingStarted))]
internal sealed partial class PurchaseJson : JsonSerializerContext
{
    public static string Write<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.Serialize(value, type);

    public static T Read<T>(string? text, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(text ?? "null", type) ?? throw new JsonException($"A recorded {typeof(T).Name} is empty.");
}
