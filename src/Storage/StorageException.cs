using PodEngine.Shared.Faults;

namespace PodEngine.Storage;

/// <summary>Storage that refused or failed.</summary>
/// <param name="fault">What happened, fit to be shown.</param>
/// <param name="innerException">The cause, when there is one.</param>
public sealed class StorageException(JobFault fault, Exception? innerException = null) : Exception(fault.Message, innerException)
{
    /// <summary>What happened, fit to be shown.</summary>
    public JobFault Fault { get; } = fault;
}
