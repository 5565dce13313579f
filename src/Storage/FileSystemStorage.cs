namespace PodEngine.Storage;

/// <summary>Objects as files of one folder.</summary>
public sealed class FileSystemStorage : IObjectStorage
{
    private readonly string _root;

    /// <summary>Storage in a folder, which is made when the first object is stored.</summary>
    /// <param name="root">The folder; a relative one is taken from the current directory once, here.</param>
    public FileSystemStorage(string root) => _root = Path.GetFullPath(root);

    /// <inheritdoc />
    public Task<StoredObject> PutAsync(ReadOnlyMemory<byte> content, StorageLimits limits, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <inheritdoc />
    public Task<StoredObject> PutAsync(Stream content, StorageLimits limits, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <inheritdoc />
    public Task<Stream> OpenAsync(string sha256, CancellationToken cancellationToken) => throw new NotImplementedException(_root);

    /// <inheritdoc />
    public Task<StoredObject?> FindAsync(string sha256, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <inheritdoc />
    public Task<bool> ExistsAsync(string sha256, CancellationToken cancellationToken) => throw new NotImplementedException();
}
