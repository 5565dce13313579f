using System.Text.Json;
using System.Text.Json.Serialization;

namespace PodEngine.Queue.Bench.Roles;

/// <summary>The lines of JSON between the bench and its processes.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(Answer))]
[JsonSerializable(typeof(RoleSettings))]
internal sealed partial class RoleJson : JsonSerializerContext;
