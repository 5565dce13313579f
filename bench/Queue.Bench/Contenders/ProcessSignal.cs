namespace PodEngine.Queue.Bench.Contenders;

/// <summary>Signals by their number on Linux.</summary>
internal enum ProcessSignal
{
    /// <summary>Ends at once, unasked.</summary>
    Kill = 9,

    /// <summary>Asks to end.</summary>
    Terminate = 15,

    /// <summary>Goes on after <see cref="Stop"/>.</summary>
    Continue = 18,

    /// <summary>Freezes.</summary>
    Stop = 19,
}
