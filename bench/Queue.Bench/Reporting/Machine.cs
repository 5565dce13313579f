namespace PodEngine.Queue.Bench.Reporting;

/// <summary>What the figures were measured on.</summary>
/// <param name="Cpu">The processor's name.</param>
/// <param name="Cores">How many of them.</param>
/// <param name="MemoryGib">Memory.</param>
/// <param name="Kernel">Operating system.</param>
/// <param name="LoadAtStart">Load average of the last minute when the run began: what else was going on.</param>
internal sealed record Machine(string Cpu, int Cores, double MemoryGib, string Kernel, double LoadAtStart)
{
    /// <summary>This one.</summary>
    public static Machine ThisOne() => new(
        Line("/proc/cpuinfo", "model name") ?? "unknown",
        Environment.ProcessorCount,
        Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30), 1),
        Environment.OSVersion.VersionString,
        double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture));

    private static string? Line(string file, string key) =>
        File.ReadLines(file).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?.Split(':', 2)[1].Trim();
}
