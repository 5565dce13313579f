namespace PodEngine.Storage;

/// <summary>Media types told apart by their first bytes.</summary>
public static class MediaType
{
    /// <summary>PNG.</summary>
    public const string Png = "image/png";

    /// <summary>JPEG.</summary>
    public const string Jpeg = "image/jpeg";

    /// <summary>GIF.</summary>
    public const string Gif = "image/gif";

    /// <summary>WebP.</summary>
    public const string WebP = "image/webp";

    /// <summary>Anything else.</summary>
    public const string Unknown = "application/octet-stream";

    /// <summary>Bytes needed to tell.</summary>
    public const int SniffBytes = 12;

    internal static IReadOnlyList<string> All { get; } = [Png, Jpeg, WebP, Gif, Unknown];

    /// <summary>The type of what begins with these bytes.</summary>
    public static string Sniff(ReadOnlySpan<byte> start) => start switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Png,
        [0xFF, 0xD8, 0xFF, ..] => Jpeg,
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => Gif,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => WebP,
        _ => Unknown,
    };

    /// <summary>File extension with its dot.</summary>
    public static string ExtensionOf(string mediaType) => mediaType switch
    {
        Png => ".png",
        Jpeg => ".jpg",
        Gif => ".gif",
        WebP => ".webp",
        _ => ".bin",
    };
}
