namespace PodEngine.Storage;

/// <summary>What is accepted into storage.</summary>
public sealed record StorageLimits
{
    /// <summary>Pictures up to 50 MB.</summary>
    public static StorageLimits Pictures { get; } = new();

    /// <summary>Largest size; default 50 MB.</summary>
    public long MaxBytes { get; init; } = 50 * 1024 * 1024;

    /// <summary>Media types accepted; empty for any. Default PNG, JPEG, GIF and WebP.</summary>
    public IReadOnlyList<string> MediaTypes { get; init; } = [MediaType.Png, MediaType.Jpeg, MediaType.Gif, MediaType.WebP];
}
