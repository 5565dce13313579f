namespace PodEngine.Operator.Watching;

/// <summary>How far a worker's pod has come.</summary>
internal enum WorkerPodStage
{
    /// <summary>Over or on its way out: the ReplicaSet does not count it any more.</summary>
    Ended,

    /// <summary>Its worker does not run: not scheduled, its image on the way, or waiting for a restart. It can hold no job.</summary>
    Waiting,

    /// <summary>Its worker runs and is not ready: starting, or asked to stop claiming.</summary>
    NotReady,

    /// <summary>Its worker is ready.</summary>
    Ready,
}
