namespace PodEngine.Cli.Running;

/// <summary>What <c>podengine run</c> was asked to do.</summary>
/// <param name="Paths">Files and folders of manifests.</param>
/// <param name="Simulate">Outside services are simulated in this process: no keys are needed, nothing is bought.</param>
/// <param name="OutFolder">Where pictures and the contact sheet are put.</param>
internal sealed record RunOptions(IReadOnlyList<string> Paths, bool Simulate, string OutFolder);
