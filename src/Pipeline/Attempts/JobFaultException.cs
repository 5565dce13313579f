using PodEngine.Shared.Faults;

namespace PodEngine.Pipeline.Attempts;

/// <summary>Something of a job cannot be done, for a reason the pipeline itself found.</summary>
internal sealed class JobFaultException(JobFault fault, Exception? cause = null) : Exception(fault.Message, cause)
{
    public JobFault Fault { get; } = fault;

    /// <summary>Set when nothing is wrong and only time must pass: the job is put off without counting an attempt.</summary>
    public TimeSpan? PutOffFor { get; init; }
}
