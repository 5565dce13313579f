namespace PodEngine.QueueHistory.Tests.Faults;

/// <summary>What can go wrong.</summary>
public enum FaultKind
{
    /// <summary>SIGKILL of a worker; another process takes its place at once.</summary>
    KillWorker,

    /// <summary>SIGSTOP of a worker past its lease, then SIGCONT.</summary>
    FreezeWorker,

    /// <summary>Every 200 ms one of the database's sessions is terminated, whosever it is.</summary>
    TerminateBackends,

    /// <summary>PostgreSQL is shut down in fast mode and started again later.</summary>
    RestartServer,

    /// <summary>PostgreSQL is shut down in immediate mode, without a checkpoint, and started again later.</summary>
    QuitServer,

    /// <summary>SIGKILL of PostgreSQL's postmaster; it is started again later.</summary>
    KillServer,
}
