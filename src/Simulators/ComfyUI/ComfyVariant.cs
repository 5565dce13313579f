namespace PodEngine.Simulators.ComfyUI;

/// <summary>What can befall a prompt, asked for by a fault on <c>POST /prompt</c>.</summary>
public enum ComfyVariant
{
    /// <summary>It is executed.</summary>
    Normal,

    /// <summary>It is accepted and at once forgotten, as by a restart.</summary>
    Lost,

    /// <summary>The sampler fails: <c>execution_error</c>.</summary>
    ExecutionError,

    /// <summary>It ends well but leaves no picture.</summary>
    NoImages,

    /// <summary>The submitter's socket is cut in the middle of the run.</summary>
    DropsSocket,

    /// <summary>It runs until it is interrupted.</summary>
    Stalls,
}
