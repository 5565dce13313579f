using PodEngine.Shared.Faults;

namespace PodEngine.Storage;

/// <summary>The words of what can go wrong with storage.</summary>
internal static class StorageFaults
{
    public static StorageException TooLarge(long maxBytes) => new(new JobFault
    {
        Class = FaultClass.Provider,
        Code = FaultCodes.PictureTooLarge,
        Message = $"The result is larger than the {maxBytes} bytes that are stored. Ask for a smaller one.",
    });

    public static StorageException TypeRefused(string mediaType, StorageLimits limits) => new(new JobFault
    {
        Class = FaultClass.Provider,
        Code = FaultCodes.ProviderAnswerInvalid,
        Message = $"The result is {mediaType}; accepted are {string.Join(", ", limits.MediaTypes)}.",
        Retryable = true,
    });

    public static StorageException Missing(string sha256) => Corrupt(sha256, "is missing");

    public static StorageException Damaged(string sha256) => Corrupt(sha256, "is not what was stored");

    public static StorageException Unavailable(string doing, Exception cause) => new(
        new JobFault
        {
            Class = FaultClass.Engine,
            Code = FaultCodes.StorageUnavailable,
            Message = IsDiskFull(cause)
                ? "The storage is full. Free space or enlarge the volume."
                : $"The storage cannot be {doing} ({cause.GetType().Name}). Check that the folder is mounted and that the worker may write to it.",
            Retryable = true,
        },
        cause);

    /// <summary>ENOSPC and EDQUOT on Linux, ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL on Windows.</summary>
    internal static bool IsDiskFull(Exception cause) => cause is IOException && (cause.HResult is 28 or 122 || (cause.HResult & 0xFFFF) is 0x70 or 0x27);

    private static StorageException Corrupt(string sha256, string how) => new(new JobFault
    {
        Class = FaultClass.Engine,
        Code = FaultCodes.StorageCorrupt,
        Message = $"Stored object {sha256} {how}. Restore it from a backup, or run the job again under a new retryToken.",
    });
}
