using System.Text.Json.Serialization;

namespace PodEngine.Kubernetes.Objects.Events;

/// <summary>
/// Something that happened to an object, for people; the API server forgets it after an hour. The group events.k8s.io is used because
/// it has a series count and a reporting controller, which events of the core group lack; <c>kubectl describe</c> shows both.
/// </summary>
[KubernetesEntity(Group = "events.k8s.io", ApiVersion = "v1", Kind = "Event", PluralName = "events")]
public sealed record Event : KubernetesObject
{
    /// <summary>When it happened first.</summary>
    [JsonConverter(typeof(MicroTimeConverter))]
    public DateTimeOffset? EventTime { get; init; }

    /// <summary>How often it happened again.</summary>
    public EventSeries? Series { get; init; }

    /// <summary>Who says so, such as <c>example.io/operator</c>.</summary>
    public string? ReportingController { get; init; }

    /// <summary>Which process says so; at most 128 characters.</summary>
    public string? ReportingInstance { get; init; }

    /// <summary>What was being done, as one CamelCase word; mandatory.</summary>
    public string? Action { get; init; }

    /// <summary>What happened, as one CamelCase word; mandatory.</summary>
    public string? Reason { get; init; }

    /// <summary>The object it happened to.</summary>
    public ObjectReference? Regarding { get; init; }

    /// <summary>Another object that took part.</summary>
    public ObjectReference? Related { get; init; }

    /// <summary>What happened, for people; at most 1024 bytes.</summary>
    public string? Note { get; init; }

    /// <summary><c>Normal</c> or <c>Warning</c>.</summary>
    public string? Type { get; init; }
}
