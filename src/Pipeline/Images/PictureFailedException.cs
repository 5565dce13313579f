using PodEngine.Shared.Faults;

namespace PodEngine.Pipeline.Images;

/// <summary>The backend took the order and says that no picture will come of it.</summary>
/// <param name="fault">Why, fit to be shown.</param>
public sealed class PictureFailedException(JobFault fault) : Exception(fault.Message)
{
    /// <summary>Why, fit to be shown.</summary>
    public JobFault Fault { get; } = fault;
}
