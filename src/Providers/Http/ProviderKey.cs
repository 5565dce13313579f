namespace PodEngine.Providers.Http;

/// <summary>
/// A provider's key. It is read anew for every call, so that a rotated Secret is used at once, and it never shows: neither
/// <see cref="ToString"/> nor any message or log of this assembly holds it.
/// </summary>
public sealed class ProviderKey
{
    private readonly Func<string?> _read;

    /// <summary>A key behind a function, for example one that reads a mounted Secret.</summary>
    /// <param name="read">Called once per request; null or white space means there is no key.</param>
    public ProviderKey(Func<string?> read) => _read = read;

    /// <summary>A key that does not change.</summary>
    public static ProviderKey Of(string key) => new(() => key);

    /// <summary>Always <c>***</c>.</summary>
    public override string ToString() => "***";

    internal string? Read()
    {
        string? key = _read()?.Trim();
        return string.IsNullOrEmpty(key) ? null : key;
    }
}
