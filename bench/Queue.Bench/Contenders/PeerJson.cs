using System.Text.Json;
using System.Text.Json.Serialization;

namespace PodEngine.Queue.Bench.Contenders;

/// <summary>The settings given to peers.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PeerSettings))]
internal sealed partial class PeerJson : JsonSerializerContext;
