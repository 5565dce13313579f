namespace PodEngine.Kubernetes.Reconciling;

/// <summary>What the owner of a controller needs of it, whatever it looks after.</summary>
public interface IController
{
    /// <summary>Its label in logs and metrics.</summary>
    string Name { get; }

    /// <summary>Starts the workers, which begin once the informers have synced; returns at once. A second start does nothing.</summary>
    void Start();

    /// <summary>
    /// Stops: no reconcile begins, those under way are cancelled after <see cref="ControllerOptions.StopGrace"/>, and the task completes when
    /// the last has ended. Harmless twice or before the start; a stopped controller does not start again.
    /// </summary>
    Task StopAsync();
}
