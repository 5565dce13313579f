using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using PodEngine.Queue;
using PodEngine.Shared.Jobs;

namespace PodEngine.Pipeline.Prompts;

/// <summary>Numbers that belong to a job: the same in every attempt, so that a repeat draws the same picture.</summary>
internal static class JobSeed
{
    /// <summary>Seeds are below 2^53: exact as a JSON number everywhere.</summary>
    public const long Limit = 1L << 53;

    /// <summary>The job's own number.</summary>
    public static long Of(JobId job) => Hash($"{job}");

    /// <summary>The sampler's seed of one picture: the user's seed counted up, or one of the job's own.</summary>
    public static long OfPicture(JobId job, ImageSettings settings, int index) => settings.Seed is { } seed
        ? (seed + index) % Limit
        : Hash($"{job}/{index}");

    /// <summary>A UUID of a job's thing, the same in every attempt.</summary>
    public static Guid Uuid(JobId job, string thing)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{job}/{thing}"))[..16];
        // The version (8: made by our own rule) and variant bits of RFC 9562.
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private static long Hash(string text) =>
        (long)(BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text))) % (ulong)Limit);
}
