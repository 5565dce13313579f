using PodEngine.Shared.Faults;

namespace PodEngine.Pipeline.Purchases;

/// <summary>The provider took the work and says that nothing came of it: the purchase is over and may be begun anew by a later attempt.</summary>
internal sealed class NotBoughtException(JobFault fault) : Exception(fault.Message)
{
    public JobFault Fault { get; } = fault;
}
