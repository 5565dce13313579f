namespace PodEngine.Storage;

/// <summary>
/// Pictures and other results, named by the SHA-256 of their bytes: the same bytes are stored once, whoever stores them, and what is read
/// is what was stored.
/// </summary>
public interface IObjectStorage
{
    /// <summary>Stores bytes, or finds that they are there already.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="limits">What is accepted.</param>
    /// <param name="cancellationToken">Stops the storing; nothing half-written stays.</param>
    /// <exception cref="StorageException">Too large, of a type not accepted, or the storage cannot be written.</exception>
    Task<StoredObject> PutAsync(ReadOnlyMemory<byte> content, StorageLimits limits, CancellationToken cancellationToken);

    /// <inheritdoc cref="PutAsync(ReadOnlyMemory{byte}, StorageLimits, CancellationToken)"/>
    Task<StoredObject> PutAsync(Stream content, StorageLimits limits, CancellationToken cancellationToken);

    /// <summary>Opens an object. Its bytes have been checked against its name before the first one is handed out.</summary>
    /// <param name="sha256">64 lower-case hexadecimal digits.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <exception cref="StorageException">Missing or damaged (<c>StorageCorrupt</c>), or the storage cannot be read.</exception>
    Task<Stream> OpenAsync(string sha256, CancellationToken cancellationToken);

    /// <summary>What is known of an object without reading it; null when it is not there.</summary>
    Task<StoredObject?> FindAsync(string sha256, CancellationToken cancellationToken);

    /// <summary>True when the object is there; its bytes are not checked.</summary>
    Task<bool> ExistsAsync(string sha256, CancellationToken cancellationToken);
}
