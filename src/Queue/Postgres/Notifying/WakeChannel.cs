using System.Security.Cryptography;
using System.Text;

namespace PodEngine.Queue.Postgres.Notifying;

/// <summary>The channel of a schema: notifications belong to the database, so that installations and tests beside each other do not wake one another.</summary>
internal static class WakeChannel
{
    private const int LongestName = 63;

    public static string Of(string schema)
    {
        var name = $"podengine_wake:{schema}";
        return Encoding.UTF8.GetByteCount(name) <= LongestName
            ? name
            : $"podengine_wake:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(schema)).AsSpan(0, 16))}";
    }
}
