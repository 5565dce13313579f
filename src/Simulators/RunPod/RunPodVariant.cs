namespace PodEngine.Simulators.RunPod;

/// <summary>What can befall a job.</summary>
public enum RunPodVariant
{
    /// <summary>It is executed and completes.</summary>
    Normal,

    /// <summary>The handler answers an <c>error</c>: FAILED with plain text, <c>details</c> left in the output.</summary>
    Fails,

    /// <summary>The handler throws: FAILED with JSON inside the text of <c>error</c>.</summary>
    Throws,

    /// <summary>It is accepted and then unknown: /status is 404.</summary>
    Lost,

    /// <summary>It stays IN_QUEUE.</summary>
    StaysQueued,

    /// <summary>It stays running.</summary>
    StaysRunning,

    /// <summary>It ends as TIMED_OUT.</summary>
    TimesOut,

    /// <summary>It completes without <c>output</c>.</summary>
    OmitsOutput,

    /// <summary>Its worker vanishes while it runs.</summary>
    WorkerVanishes,

    /// <summary>worker-comfyui ends without pictures: <c>success_no_images</c>.</summary>
    NoImages,
}
