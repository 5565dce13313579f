namespace PodEngine.Providers.ComfyUi;

/// <summary>What a ComfyUI server knows of a prompt.</summary>
public abstract record PromptState
{
    private PromptState()
    {
    }

    /// <summary>True when the server will not work on the prompt any more.</summary>
    public bool IsFinal => this is Unknown or Finished or Failed or Interrupted;

    /// <summary>The server does not know the prompt: never received, cancelled while waiting, or forgotten by a restart.</summary>
    public sealed record Unknown : PromptState;

    /// <summary>Waiting.</summary>
    /// <param name="Position">Prompts before it, the running one included; at least 0.</param>
    public sealed record Queued(int Position) : PromptState;

    /// <summary>Being drawn.</summary>
    public sealed record Running : PromptState;

    /// <summary>Done.</summary>
    /// <param name="Images">The pictures in the order of the answer; may be empty when the workflow saves none.</param>
    public sealed record Finished(IReadOnlyList<ComfyUiImage> Images) : PromptState;

    /// <summary>A node failed.</summary>
    /// <param name="NodeId">Node; null when not told.</param>
    /// <param name="NodeType">Its class; null when not told.</param>
    /// <param name="Message">What the server says, bounded.</param>
    public sealed record Failed(string? NodeId, string? NodeType, string Message) : PromptState;

    /// <summary>Stopped by somebody.</summary>
    public sealed record Interrupted : PromptState;
}

/// <summary>A picture on a ComfyUI server. The names are the server's: they are sent back to it and never used as paths here.</summary>
/// <param name="NodeId">The node that saved it.</param>
/// <param name="FileName">Name on the server.</param>
/// <param name="Subfolder">Folder on the server; may be empty.</param>
/// <param name="Type"><c>output</c>, <c>temp</c> or <c>input</c>.</param>
public sealed record ComfyUiImage(string NodeId, string FileName, string Subfolder, string Type);
