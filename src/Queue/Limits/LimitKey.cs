namespace PodEngine.Queue.Limits;

/// <summary>What a shared limit is kept for: an account at a provider, an endpoint and operation, a tenant. Keys never hinder one another.</summary>
/// <param name="InstallationId">The installation; others in the same database count apart.</param>
/// <param name="Name">1–253 characters, for example <c>runpod/abc123/run</c>. It is stored and shown: no secret, but its fingerprint.</param>
public sealed record LimitKey(Guid InstallationId, string Name)
{
    /// <summary>Longest name, in characters.</summary>
    public const int LongestName = 253;

    /// <summary>1–253 characters.</summary>
    public string Name { get; } = Checked(Name);

    /// <summary>For messages, <c>installationId/name</c>.</summary>
    public override string ToString() => $"{InstallationId:D}/{Name}";

    private static string Checked(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, LongestName, nameof(name));
        return name.Contains('\0', StringComparison.Ordinal) ? throw new ArgumentException("The name of a limit holds a zero character.", nameof(name)) : name;
    }
}
