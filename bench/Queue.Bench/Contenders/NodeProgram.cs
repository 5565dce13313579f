using System.Runtime.InteropServices;

namespace PodEngine.Queue.Bench.Contenders;

/// <summary>The Node that the lock file of the peers pins, whatever the machine has.</summary>
internal static class NodeProgram
{
    /// <param name="folder">The folder with <c>node_modules</c>.</param>
    public static string In(string folder)
    {
        var architecture = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "x64";
        return Path.Combine(folder, "node_modules", $"node-linux-{architecture}", "bin", "node");
    }
}
