using System.Security.Cryptography;
using System.Text;

namespace PodEngine.Providers.Http;

/// <summary>
/// Tells accounts at a provider apart without naming them: providers limit an account, so whoever uses the same key at the same address shares its limits.
/// A rotated key is another account to us, and begins with unused limits.
/// </summary>
public static class ProviderAccount
{
    private const int FingerprintBytes = 8;

    /// <summary>A fingerprint, 16 hexadecimal digits, from which nobody can tell the key.</summary>
    /// <param name="address">Address of the service.</param>
    /// <param name="key">The key in use; null for none.</param>
    public static string Fingerprint(Uri address, string? key)
    {
        ArgumentNullException.ThrowIfNull(address);
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{address.GetLeftPart(UriPartial.Path).TrimEnd('/')}\n{key}"));
        return Convert.ToHexStringLower(hash.AsSpan(0, FingerprintBytes));
    }
}
