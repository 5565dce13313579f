using System.Text.Json.Serialization;

namespace PodEngine.Queue.Bench.Reporting;

/// <summary>The result's file: snake_case, as what reads it elsewhere expects.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(BenchResult))]
internal sealed partial class ResultJson : JsonSerializerContext;
