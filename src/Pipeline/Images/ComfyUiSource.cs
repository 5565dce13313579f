using PodEngine.Providers.ComfyUi;

namespace PodEngine.Pipeline.Images;

/// <summary>Where a finished picture lies on ComfyUI servers.</summary>
internal sealed record ComfyUiSource(Uri Server, ComfyUiImage Image);
