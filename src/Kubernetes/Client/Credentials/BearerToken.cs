namespace PodEngine.Kubernetes.Client.Credentials;

/// <summary>
/// The token sent with each request. One from a file is read again after a minute, as client-go does: projected service account tokens
/// last an hour and are replaced on disk when four fifths of that have passed. While the file cannot be read the last token stays in use.
/// </summary>
internal sealed class BearerToken(KubernetesConnection connection, TimeProvider time)
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);
    private readonly Lock gate = new();
    private string? current = connection.Token;
    private long? readAt;

    /// <summary>The token as of now, or null for a connection without one.</summary>
    /// <exception cref="KubeConfigException">The file could never be read.</exception>
    public string? Current()
    {
        if (connection.TokenFile is not { } path)
        {
            return current;
        }

        lock (gate)
        {
            if (readAt is not { } earlier || time.GetElapsedTime(earlier) >= Period)
            {
                current = Read(path) ?? current;
                readAt = time.GetTimestamp();
            }

            return current;
        }
    }

    /// <summary>Forgets when the file was read, because the API server refused the token; says whether reading again can help.</summary>
    public bool Invalidate()
    {
        lock (gate)
        {
            readAt = null;
            return connection.TokenFile is not null;
        }
    }

    private string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return current is null ? throw new KubeConfigException($"Cannot read the token file {path}: {fault.Message}", fault) : null;
        }
    }
}
