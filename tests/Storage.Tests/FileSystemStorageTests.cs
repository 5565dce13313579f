using System.Security.Cryptography;
using PodEngine.Shared.Faults;

namespace PodEngine.Storage.Tests;

public sealed class FileSystemStorageTests : IDisposable
{
    private static readonly byte[] PngMarks = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private readonly string _folder = Directory.CreateTempSubdirectory("podengine-storage-").FullName;
    private readonly FileSystemStorage _storage;

    public FileSystemStorageTests() => _storage = new(_folder);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_is_stored_is_read_back_under_the_name_of_its_hash()
    {
        byte[] picture = Png(5_000);

        var stored = await _storage.PutAsync(picture, StorageLimits.Pictures, Cancelled);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(picture)), stored.Sha256);
        Assert.Equal((5_000, "image/png"), (stored.Bytes, stored.MediaType));
        Assert.Equal(Path.Combine(_folder, stored.Sha256[..2], stored.Sha256[2..4], stored.Sha256 + ".png"), stored.Uri.LocalPath);
        Assert.Equal(picture, await ReadAsync(stored.Sha256));
        Assert.Equal(stored, await _storage.FindAsync(stored.Sha256, Cancelled));
    }

    [Fact]
    public async Task A_stream_and_a_buffer_of_the_same_bytes_are_one_object()
    {
        byte[] picture = Png(300_000);

        var first = await _storage.PutAsync(picture, StorageLimits.Pictures, Cancelled);
        var second = await _storage.PutAsync(new MemoryStream(picture), StorageLimits.Pictures, Cancelled);

        Assert.Equal(first, second);
        Assert.Single(Files());
    }

    [Fact]
    public async Task Workers_that_store_the_same_picture_at_once_all_succeed_and_leave_one_file()
    {
        byte[] picture = Png(200_000);

        var stored = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ =>
            Task.Run(() => new FileSystemStorage(_folder).PutAsync(picture, StorageLimits.Pictures, Cancelled))));

        Assert.Single(stored.Distinct());
        Assert.Single(Files());
    }

    [Fact]
    public async Task A_damaged_object_is_refused_when_read_and_mended_when_stored_again()
    {
        byte[] picture = Png(1_000);
        var stored = await _storage.PutAsync(picture, StorageLimits.Pictures, Cancelled);
        await File.WriteAllBytesAsync(stored.Uri.LocalPath, Png(999), Cancelled);

        var refused = await Assert.ThrowsAsync<StorageException>(() => _storage.OpenAsync(stored.Sha256, Cancelled));
        Assert.Equal((FaultCodes.StorageCorrupt, false), (refused.Fault.Code, refused.Fault.Retryable));

        await _storage.PutAsync(picture, StorageLimits.Pictures, Cancelled);
        Assert.Equal(picture, await ReadAsync(stored.Sha256));
    }

    [Fact]
    public async Task A_missing_object_is_a_corrupt_storage_not_an_empty_picture()
    {
        string nobody = new('a', 64);

        Assert.False(await _storage.ExistsAsync(nobody, Cancelled));
        var missing = await Assert.ThrowsAsync<StorageException>(() => _storage.OpenAsync(nobody, Cancelled));
        Assert.Equal(FaultCodes.StorageCorrupt, missing.Fault.Code);
    }

    [Theory]
    [InlineData("../../../etc/passwd")]
    [InlineData("ABCDEF")]
    [InlineData("")]
    public async Task A_name_that_is_no_hash_never_reaches_the_file_system(string name) =>
        await Assert.ThrowsAsync<ArgumentException>(() => _storage.OpenAsync(name, Cancelled));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_picture_over_the_limit_is_refused_and_leaves_nothing_behind(bool asStream)
    {
        var limits = new StorageLimits { MaxBytes = 100_000 };

        var refused = await Assert.ThrowsAsync<StorageException>(() => PutAsync(Png(100_001), limits, asStream));

        Assert.Equal(FaultCodes.PictureTooLarge, refused.Fault.Code);
        Assert.Empty(Files());
        await PutAsync(Png(100_000), limits, asStream);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_no_picture_is_refused_unless_any_type_is_accepted(bool asStream)
    {
        byte[] page = "<html>Bad gateway</html>"u8.ToArray();

        var refused = await Assert.ThrowsAsync<StorageException>(() => PutAsync(page, StorageLimits.Pictures, asStream));
        var stored = await PutAsync(page, new StorageLimits { MediaTypes = [] }, asStream);

        Assert.Equal(FaultCodes.ProviderAnswerInvalid, refused.Fault.Code);
        Assert.Equal(MediaType.Unknown, stored.MediaType);
        Assert.EndsWith(".bin", stored.Uri.LocalPath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_breaks_off_leaves_nothing_behind()
    {
        await Assert.ThrowsAsync<StorageException>(() => _storage.PutAsync(new BreakingStream(Png(50_000)), StorageLimits.Pictures, Cancelled));

        Assert.Empty(Files());
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_told_and_may_be_tried_again()
    {
        string file = Path.Combine(_folder, "occupied");
        await File.WriteAllTextAsync(file, "", Cancelled);

        var refused = await Assert.ThrowsAsync<StorageException>(() =>
            new FileSystemStorage(Path.Combine(file, "below")).PutAsync(Png(10), StorageLimits.Pictures, Cancelled));

        Assert.Equal((FaultCodes.StorageUnavailable, true), (refused.Fault.Code, refused.Fault.Retryable));
    }

    [Fact]
    public async Task A_full_disk_is_told_as_such()
    {
        // Linux's own always-full device.
        Assert.SkipUnless(File.Exists("/dev/full"), "needs /dev/full");
        var full = await Assert.ThrowsAnyAsync<IOException>(() => File.WriteAllTextAsync("/dev/full", "x", Cancelled));

        var fault = StorageFaults.Unavailable("written", full).Fault;

        Assert.StartsWith("The storage is full.", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FFD8FFE000104A4649460001", "image/jpeg")]
    [InlineData("474946383961010001000000", "image/gif")]
    [InlineData("524946460000000057454250", "image/webp")]
    [InlineData("89504E470D0A1A0A0000000D", "image/png")]
    [InlineData("524946460000000057415645", "application/octet-stream")]
    [InlineData("", "application/octet-stream")]
    public void Types_are_told_by_their_first_bytes(string start, string mediaType) =>
        Assert.Equal(mediaType, MediaType.Sniff(Convert.FromHexString(start)));

    private static byte[] Png(int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        PngMarks.CopyTo(bytes, 0);
        return bytes;
    }

    private Task<StoredObject> PutAsync(byte[] bytes, StorageLimits limits, bool asStream) =>
        asStream ? _storage.PutAsync(new MemoryStream(bytes), limits, Cancelled) : _storage.PutAsync(bytes, limits, Cancelled);

    private string[] Files() => Directory.GetFiles(_folder, "*", SearchOption.AllDirectories);

    private async Task<byte[]> ReadAsync(string sha256)
    {
        await using var stream = await _storage.OpenAsync(sha256, Cancelled);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Cancelled);
        return copy.ToArray();
    }

    /// <summary>Gives its bytes, then fails as a cut connection does.</summary>
    private sealed class BreakingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int read = await base.ReadAsync(buffer, cancellationToken);
            return read > 0 ? read : throw new IOException("The connection was cut.");
        }
    }
}
