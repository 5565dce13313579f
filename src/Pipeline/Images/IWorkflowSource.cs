using PodEngine.Providers.ComfyUi;

namespace PodEngine.Pipeline.Images;

/// <summary>The pool's own workflows by key.</summary>
public interface IWorkflowSource
{
    /// <summary>A workflow; null when there is none of that key.</summary>
    /// <exception cref="WorkflowTemplateException">There is one, and it cannot be used.</exception>
    WorkflowTemplate? Find(string key);
}
