using System.Buffers;
using System.Text.Json;
using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Objects;

namespace PodEngine.Kubernetes.Watching;

/// <summary>Reads one line of a watch: <c>{"type":"ADDED","object":{…}}</c>.</summary>
internal static class WatchLine
{
    /// <summary>The event of a line.</summary>
    /// <exception cref="KubernetesException">The line is an ERROR.</exception>
    /// <exception cref="InvalidDataException">The line is not a watch event at all.</exception>
    public static WatchEvent<T> Parse<T>(ApiCall call, ResourceType<T> type, ReadOnlySequence<byte> line)
        where T : KubernetesObject
    {
        try
        {
            var eventType = FindObject(line, out var atObject);
            return eventType switch
            {
                "ADDED" => Read(type, WatchEventType.Added, ref atObject),
                "MODIFIED" => Read(type, WatchEventType.Modified, ref atObject),
                "DELETED" => Read(type, WatchEventType.Deleted, ref atObject),
                "BOOKMARK" => new WatchEvent<T> { Type = WatchEventType.Bookmark, ResourceVersion = VersionOf(ReadMetadata(ref atObject)) },
                "ERROR" => throw new KubernetesException(
                    call.ToString(), JsonSerializer.Deserialize(ref atObject, KubernetesJson.Default.KubernetesStatus) ?? new KubernetesStatus()),
                _ => throw new JsonException($"unknown type \"{eventType}\""),
            };
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{call}: a line is not a watch event: {fault.Message}", fault);
        }
    }

    private static string? FindObject(ReadOnlySequence<byte> line, out Utf8JsonReader atObject)
    {
        var reader = new Utf8JsonReader(line);
        string? eventType = null;
        atObject = reader;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                eventType = reader.GetString();
            }
            else if (reader.ValueTextEquals("object"u8))
            {
                reader.Read();
                atObject = reader;
                reader.Skip();
            }
            else
            {
                reader.Skip();
            }
        }

        return eventType;
    }

    private static WatchEvent<T> Read<T>(ResourceType<T> type, WatchEventType eventType, ref Utf8JsonReader atObject)
        where T : KubernetesObject
    {
        var again = atObject;
        try
        {
            var found = JsonSerializer.Deserialize(ref atObject, type.Json) ?? throw new JsonException("the object is null");
            return new WatchEvent<T> { Type = eventType, Entity = found, Key = found.Key(), ResourceVersion = VersionOf(found.Metadata) };
        }
        catch (JsonException fault)
        {
            var metadata = ReadMetadata(ref again);
            return new WatchEvent<T>
            {
                Type = eventType,
                Key = new ResourceKey(metadata.Namespace ?? "", metadata.Name ?? ""),
                ResourceVersion = VersionOf(metadata),
                Fault = fault,
            };
        }
    }

    private static ObjectMeta ReadMetadata(ref Utf8JsonReader atObject) =>
        JsonSerializer.Deserialize(ref atObject, KubernetesJson.Default.PartialObject)?.Metadata ?? throw new JsonException("no metadata");

    private static string VersionOf(ObjectMeta metadata) =>
        metadata.ResourceVersion ?? throw new JsonException("no resource version");
}
