using System.Text.Json.Nodes;

namespace PodEngine.Simulators.Printify;

/// <summary>An uploaded picture; its bytes are not kept, their hash is.</summary>
internal sealed record Upload(string Id, string FileName, ImageHeader Header, long Bytes, string Sha256, DateTimeOffset Time, string PreviewUrl)
{
    /// <summary>Archived uploads are no longer listed; products go on using them.</summary>
    public bool IsArchived { get; init; }

    public JsonObject Write() => new()
    {
        ["id"] = Id,
        ["file_name"] = FileName,
        ["height"] = Header.Height,
        ["width"] = Header.Width,
        ["size"] = Bytes,
        ["mime_type"] = Header.MimeType,
        ["preview_url"] = PreviewUrl,
        ["upload_time"] = Time.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture),
    };
}
