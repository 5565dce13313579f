using System.Buffers;
using System.Security.Cryptography;

namespace PodEngine.Storage;

/// <summary>
/// Objects as files <c>ab/cd/&lt;sha256&gt;.&lt;extension&gt;</c> of one folder, shared by any number of workers (a ReadWriteMany claim in a cluster).
/// </summary>
/// <remarks>
/// An object is written to a temporary file beside its place, flushed to the disk and renamed: readers see all of it or nothing, and two
/// workers that store the same bytes both succeed. What is already there is compared before it counts as stored, so a damaged file is
/// mended by storing it again. Temporary files of a killed worker stay as <c>*.tmp</c> and are never read.
/// </remarks>
public sealed class FileSystemStorage : IObjectStorage
{
    private const int BufferBytes = 80 * 1024;

    private readonly string _root;

    /// <summary>Storage in a folder, which is made when the first object is stored.</summary>
    /// <param name="root">The folder; a relative one is taken from the current directory once, here.</param>
    public FileSystemStorage(string root)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        _root = Path.GetFullPath(root);
    }

    /// <inheritdoc />
    public async Task<StoredObject> PutAsync(ReadOnlyMemory<byte> content, StorageLimits limits, CancellationToken cancellationToken)
    {
        if (content.Length > limits.MaxBytes)
        {
            throw StorageFaults.TooLarge(limits.MaxBytes);
        }

        string mediaType = Accept(content.Span, limits);
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(content.Span));
        string path = PathOf(sha256, mediaType);
        return await Guarded("written", async () =>
        {
            if (!await IsIntactAsync(path, sha256, cancellationToken))
            {
                string temporary = await WriteTemporaryAsync(Path.GetDirectoryName(path)!, file => file.WriteAsync(content, cancellationToken).AsTask());
                Publish(temporary, path);
            }

            return Describe(sha256, mediaType, content.Length, path);
        });
    }

    /// <inheritdoc />
    public async Task<StoredObject> PutAsync(Stream content, StorageLimits limits, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string mediaType = MediaType.Unknown;
        long bytes = 0;
        string temporary = await Guarded("written", () => WriteTemporaryAsync(_root, async file =>
            (bytes, mediaType) = await CopyAsync(content, file, hash, limits, cancellationToken)));
        try
        {
            string sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
            string path = PathOf(sha256, mediaType);
            return await Guarded("written", async () =>
            {
                if (!await IsIntactAsync(path, sha256, cancellationToken))
                {
                    Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                    Publish(temporary, path);
                }

                return Describe(sha256, mediaType, bytes, path);
            });
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <inheritdoc />
    public Task<Stream> OpenAsync(string sha256, CancellationToken cancellationToken) => Guarded("read", async () =>
    {
        string path = Locate(sha256)?.Path ?? throw StorageFaults.Missing(sha256);
        var file = OpenForReading(path) ?? throw StorageFaults.Missing(sha256);
        try
        {
            if (!await HasHashAsync(file, sha256, cancellationToken))
            {
                throw StorageFaults.Damaged(sha256);
            }

            file.Position = 0;
            return (Stream)file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    });

    /// <inheritdoc />
    public Task<StoredObject?> FindAsync(string sha256, CancellationToken cancellationToken) => Guarded("read", () =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Locate(sha256) is var (path, mediaType) ? Describe(sha256, mediaType, new FileInfo(path).Length, path) : null);
    });

    /// <inheritdoc />
    public async Task<bool> ExistsAsync(string sha256, CancellationToken cancellationToken) => await FindAsync(sha256, cancellationToken) is not null;

    private static string Accept(ReadOnlySpan<byte> start, StorageLimits limits)
    {
        string mediaType = MediaType.Sniff(start);
        return limits.MediaTypes.Count == 0 || limits.MediaTypes.Contains(mediaType)
            ? mediaType
            : throw StorageFaults.TypeRefused(mediaType, limits);
    }

    private static async Task<(long Bytes, string MediaType)> CopyAsync(
        Stream content, FileStream file, IncrementalHash hash, StorageLimits limits, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            int read = await content.ReadAtLeastAsync(buffer, MediaType.SniffBytes, throwOnEndOfStream: false, cancellationToken);
            string mediaType = Accept(buffer.AsSpan(0, read), limits);
            long bytes = 0;
            for (; read > 0; read = await content.ReadAsync(buffer, cancellationToken))
            {
                bytes += read;
                if (bytes > limits.MaxBytes)
                {
                    throw StorageFaults.TooLarge(limits.MaxBytes);
                }

                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            return (bytes, mediaType);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Writes and flushes a new file nobody looks at; removes it again when writing fails.</summary>
    private static async Task<string> WriteTemporaryAsync(string folder, Func<FileStream, Task> write)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, $"{Guid.NewGuid():n}.tmp");
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes, FileOptions.Asynchronous);
            await write(file);
            await file.FlushAsync(CancellationToken.None);
            file.Flush(flushToDisk: true);
            return path;
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    private static void Publish(string temporary, string path)
    {
        try
        {
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static async Task<bool> IsIntactAsync(string path, string sha256, CancellationToken cancellationToken)
    {
        await using var file = OpenForReading(path);
        return file is not null && await HasHashAsync(file, sha256, cancellationToken);
    }

    private static FileStream? OpenForReading(string path)
    {
        try
        {
            return new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferBytes, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static async Task<bool> HasHashAsync(FileStream file, string sha256, CancellationToken cancellationToken) =>
        Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken)) == sha256;

    private static async Task<T> Guarded<T>(string doing, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw StorageFaults.Unavailable(doing, cause);
        }
    }

    private static StoredObject Describe(string sha256, string mediaType, long bytes, string path) =>
        new() { Sha256 = sha256, Bytes = bytes, MediaType = mediaType, Uri = new Uri(path) };

    private string PathOf(string sha256, string mediaType) =>
        Path.Combine(_root, sha256[..2], sha256[2..4], sha256 + MediaType.ExtensionOf(mediaType));

    private (string Path, string MediaType)? Locate(string sha256)
    {
        if (sha256.Length != 64 || !sha256.All(char.IsAsciiHexDigitLower))
        {
            throw new ArgumentException("An object is named by 64 lower-case hexadecimal digits.", nameof(sha256));
        }

        foreach (string mediaType in MediaType.All)
        {
            string path = PathOf(sha256, mediaType);
            if (File.Exists(path))
            {
                return (path, mediaType);
            }
        }

        return null;
    }
}
