using PodEngine.Shared.Faults;

namespace PodEngine.Providers.ComfyUi;

/// <summary>A workflow template that cannot be used, with every fault found.</summary>
/// <param name="message">All faults, and what to do.</param>
public sealed class WorkflowTemplateException(string message) : Exception(message)
{
    /// <summary>The fault as a job shows it: permanent, of class Configuration.</summary>
    public JobFault Fault => new() { Class = FaultClass.Configuration, Code = FaultCodes.WorkflowInvalid, Message = Message };
}
