namespace PodEngine.Queue.Bench.Consuming;

/// <summary>Why an attempt has to stop at once.</summary>
internal enum AttemptEnd
{
    /// <summary>It has not.</summary>
    None,

    /// <summary>The job was cancelled, or its deadline is over.</summary>
    Cancelled,

    /// <summary>A successor may hold the job: abandon it without cancelling remote work.</summary>
    LeaseLost,

    /// <summary>The drain is over: the job goes back to the queue.</summary>
    HandBack,
}
