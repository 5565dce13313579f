using System.Text.Json.Serialization;

namespace PodEngine.Kubernetes.Objects;

/// <summary>One observed aspect of an object's state, as the API conventions define it.</summary>
public sealed record Condition
{
    /// <summary>The aspect in CamelCase; unique within an object.</summary>
    public required string Type { get; init; }

    /// <summary><c>True</c>, <c>False</c> or <c>Unknown</c>: see <see cref="ConditionStatus"/>.</summary>
    public required string Status { get; init; }

    /// <summary>Why, as one CamelCase word for programs; mandatory.</summary>
    public required string Reason { get; init; }

    /// <summary>Why, for people; may be empty.</summary>
    public string Message { get => field ?? ""; init; }

    /// <summary>When <see cref="Status"/> last changed; <see cref="Conditions.Set"/> keeps it.</summary>
    [JsonConverter(typeof(KubernetesTimeConverter))]
    public DateTimeOffset LastTransitionTime { get; init; }

    /// <summary>The generation of the specification this was concluded from.</summary>
    public long? ObservedGeneration { get; init; }
}
