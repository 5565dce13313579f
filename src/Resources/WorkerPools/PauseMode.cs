namespace PodEngine.Resources.WorkerPools;

/// <summary>Whether a pool takes jobs.</summary>
public enum PauseMode
{
    /// <summary>It does.</summary>
    None,

    /// <summary>It takes no new jobs.</summary>
    Hold,

    /// <summary>It takes no new jobs and gives up its workers once they are idle.</summary>
    Drain,
}
