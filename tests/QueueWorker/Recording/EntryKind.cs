namespace PodEngine.QueueWorker.Recording;

/// <summary>What a worker says it did, or was told.</summary>
public enum EntryKind
{
    /// <summary>It learnt that it had claimed the job. Unfenced, as all are but <see cref="Written"/>.</summary>
    Claimed,

    /// <summary>It is about to write through the fence.</summary>
    WriteSent,

    /// <summary>The write itself, in one transaction with the check of the lease.</summary>
    Written,

    /// <summary>The write was refused.</summary>
    WriteRefused,

    /// <summary>It is about to report an outcome, perhaps not for the first time.</summary>
    OutcomeSent,

    /// <summary>The outcome was accepted; the detail is the job's state.</summary>
    OutcomeAccepted,

    /// <summary>The outcome was refused.</summary>
    OutcomeRefused,

    /// <summary>Nobody knows: there was no answer.</summary>
    OutcomeUnknown,
}
