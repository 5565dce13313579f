using System.Text.Json.Nodes;

namespace PodEngine.Providers.ComfyUi;

/// <summary>A user's workflow in API format with placeholders.</summary>
public sealed class WorkflowTemplate
{
    private WorkflowTemplate()
    {
    }

    /// <summary>The placeholders it uses.</summary>
    public IReadOnlySet<string> Placeholders { get; } = new HashSet<string>();

    /// <summary>Reads a template.</summary>
    /// <exception cref="WorkflowTemplateException">Not a workflow in API format, or an unknown placeholder; the message lists all faults.</exception>
    public static WorkflowTemplate Parse(string json) => throw new NotImplementedException();

    /// <summary>The workflow with its placeholders filled.</summary>
    public JsonObject Fill(Drawing drawing) => throw new NotImplementedException();
}
