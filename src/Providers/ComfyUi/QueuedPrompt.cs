namespace PodEngine.Providers.ComfyUi;

/// <summary>A prompt a server took.</summary>
/// <param name="Server">The server that has it; a later look-up goes there.</param>
/// <param name="PromptId">The id as the server answered it: old servers give one of their own.</param>
/// <param name="Warnings">Faults of outputs that were dropped while others run; empty when all run.</param>
public sealed record QueuedPrompt(Uri Server, string PromptId, IReadOnlyList<string> Warnings);

/// <summary>How far a prompt is.</summary>
/// <param name="NodeId">Node being run; null before the first.</param>
/// <param name="Value">Steps done of this node; 0 when it has none.</param>
/// <param name="Max">Steps of this node; 0 when it has none.</param>
public sealed record PromptProgress(string? NodeId, int Value, int Max);

/// <summary>What a server says about itself.</summary>
/// <param name="Version">ComfyUI's version; null from old servers.</param>
/// <param name="Devices">Its devices.</param>
public sealed record ComfyUiStats(string? Version, IReadOnlyList<ComfyUiDevice> Devices);

/// <summary>A device of a server.</summary>
/// <param name="Name">Name, for example that of the GPU.</param>
/// <param name="Type"><c>cuda</c>, <c>cpu</c>…</param>
/// <param name="VramTotalBytes">Memory.</param>
/// <param name="VramFreeBytes">Free memory.</param>
public sealed record ComfyUiDevice(string Name, string Type, long VramTotalBytes, long VramFreeBytes);
