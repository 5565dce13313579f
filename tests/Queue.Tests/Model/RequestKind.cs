namespace PodEngine.Queue.Tests.Model;

/// <summary>What an attempt asks of the store.</summary>
internal enum RequestKind
{
    /// <summary>A write that joins the fence: progress, or a row of the ledger.</summary>
    Write,

    /// <summary>The outcome "completed".</summary>
    Complete,

    /// <summary>The outcome "failed, to be tried again".</summary>
    Fail,

    /// <summary>The outcome "handed back".</summary>
    HandBack,
}
