using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using PodEngine.Queue.Bench.Contenders;
using PodEngine.Queue.Bench.Databases;

namespace PodEngine.Queue.Bench;

/// <summary>Versions of what is measured.</summary>
internal static class Versions
{
    private static readonly string[] Packages = ["graphile-worker", "pg-boss", "pg"];

    public static async Task<SortedDictionary<string, string>> ReadAsync(BenchServer server, string peers)
    {
        var versions = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["postgresql"] = await server.VersionAsync(),
            ["dotnet"] = RuntimeInformation.FrameworkDescription,
            ["npgsql"] = typeof(Npgsql.NpgsqlConnection).Assembly.GetName().Version!.ToString(3),
            ["node"] = await OutputAsync(NodeProgram.In(peers), "--version"),
        };
        foreach (var package in Packages)
        {
            await using var file = File.OpenRead(Path.Combine(peers, "node_modules", package, "package.json"));
            using var description = await JsonDocument.ParseAsync(file);
            versions[package] = description.RootElement.GetProperty("version").GetString()!;
        }

        return versions;
    }

    private static async Task<string> OutputAsync(string program, string argument)
    {
        using var process = Process.Start(new ProcessStartInfo(program, [argument]) { RedirectStandardOutput = true })!;
        return (await process.StandardOutput.ReadToEndAsync()).Trim();
    }
}
