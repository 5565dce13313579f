using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace PodEngine.Shared;

/// <summary>
/// Reads records so that a member the text leaves out keeps its initializer: an older binary wrote the text, or a person did. Generated readers
/// cannot do this: they set every <c>init</c> member, those left out to zero. So reading goes by reflection, and only writing by generated code.
/// </summary>
internal static class JsonReading
{
    /// <summary>How to read a <typeparamref name="T"/> written with <paramref name="writer"/>. Null is refused where the record's types do not allow it.</summary>
    public static JsonTypeInfo<T> KeepingInitializers<T>(JsonSerializerOptions writer)
    {
        var options = new JsonSerializerOptions(writer) { TypeInfoResolver = new DefaultJsonTypeInfoResolver(), RespectNullableAnnotations = true };
        options.MakeReadOnly();
        return (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
    }
}
