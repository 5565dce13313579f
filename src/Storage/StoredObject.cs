namespace PodEngine.Storage;

/// <summary>Bytes in storage.</summary>
public sealed record StoredObject
{
    /// <summary>The name: SHA-256 of the bytes, 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Size.</summary>
    public required long Bytes { get; init; }

    /// <summary>Media type by the bytes' first marks, never by a name.</summary>
    public required string MediaType { get; init; }

    /// <summary>Where it is, for people on the inside (<c>file:</c> or <c>s3:</c>). Outside services cannot read it: never hand it to one.</summary>
    public required Uri Uri { get; init; }
}
