namespace PodEngine.Simulators.ComfyUI;

/// <summary>Generation of the ComfyUI source that is imitated.</summary>
public enum ComfyBuild
{
    /// <summary>As of 2026: client prompt ids, job routes, <c>progress_state</c>, <c>missing_node_type</c>.</summary>
    New,

    /// <summary>As of 2023–2024: none of these, and <c>node_errors</c> may be an empty array.</summary>
    Old,
}
