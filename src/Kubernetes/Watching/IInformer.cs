namespace PodEngine.Kubernetes.Watching;

/// <summary>What the owner of an informer needs of it, whatever it follows.</summary>
public interface IInformer
{
    /// <summary>What it follows, as <c>plural.group</c>.</summary>
    string Name { get; }

    /// <summary>Whether the store has held a whole list; from then on it is at worst out of date.</summary>
    bool IsSynced { get; }

    /// <summary>
    /// Time since the API server last sent a byte for this kind. It stays under the idle timeout, plus the longest backoff while the server
    /// is away for a moment; a readiness check may take several times that as the bound.
    /// </summary>
    TimeSpan Silence { get; }

    /// <summary>Why the last attempt to follow failed, while none has succeeded since; null when all is well.</summary>
    string? Outage { get; }

    /// <summary>Starts following; returns at once. A second start does nothing.</summary>
    void Start();

    /// <summary>Stops following; complete once stopped. Harmless twice or before the start.</summary>
    Task StopAsync();

    /// <summary>Completes when the first whole list is in the store.</summary>
    Task WaitForSyncAsync(CancellationToken cancellationToken);
}
