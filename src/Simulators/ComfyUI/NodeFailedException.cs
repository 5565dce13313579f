namespace PodEngine.Simulators.ComfyUI;

/// <summary>A node could not be executed.</summary>
internal sealed class NodeFailedException(WorkflowNode node) : Exception("Allocation on device 0 would exceed allowed memory. (out of memory)")
{
    public WorkflowNode Node => node;
}
