using System.Text.RegularExpressions;

namespace PodEngine.Providers.Http;

/// <summary>Takes key material out of texts that people will read: the key in use, and anything that looks like one.</summary>
internal static partial class Redactor
{
    private const string Replacement = "***";

    /// <summary>Shorter texts are not taken for a key: replacing them would garble messages and hide nothing.</summary>
    private const int ShortestKey = 6;

    public static string Redact(string text, string? key)
    {
        if (key is { Length: >= ShortestKey })
        {
            text = text.Replace(key, Replacement, StringComparison.Ordinal)
                .Replace(Uri.EscapeDataString(key), Replacement, StringComparison.Ordinal);
        }

        text = KnownKeys().Replace(text, Replacement);
        text = Authorization().Replace(text, "$1" + Replacement);
        return UserInfo().Replace(text, "$1" + Replacement + "@");
    }

    /// <summary>Anthropic and RunPod keys by their prefix, and JSON Web Tokens (Printify's tokens are).</summary>
    [GeneratedRegex(@"\b(?:sk-ant-[\w-]{4,}|rpa_\w{8,}|eyJ[\w-]{8,}(?:\.[\w-]+)*)")]
    private static partial Regex KnownKeys();

    [GeneratedRegex(@"(?i)(\bbearer\s+|x-api-key[""':=\s]+)[^\s""',;]+")]
    private static partial Regex Authorization();

    [GeneratedRegex(@"(\w://)[^/\s@]+@")]
    private static partial Regex UserInfo();
}
