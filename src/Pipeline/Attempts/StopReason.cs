namespace PodEngine.Pipeline.Attempts;

/// <summary>Why an attempt has to stop before its end. The first reason given stays.</summary>
public enum StopReason
{
    /// <summary>Nobody asked.</summary>
    None,

    /// <summary>The user cancelled the job: remote work is cancelled too.</summary>
    Cancelled,

    /// <summary>The job's processing time is used up: remote work is cancelled too.</summary>
    DeadlineExceeded,

    /// <summary>A successor holds the job: stop here, leave remote work to it.</summary>
    LeaseLost,

    /// <summary>The worker stops and cannot wait any longer: hand the job back, leave remote work to the next worker.</summary>
    HandBack,
}
