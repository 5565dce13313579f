using System.Globalization;
using PodEngine.Queue.Bench.Cells;

namespace PodEngine.Queue.Bench;

/// <summary>What the bench is asked to do: pairs of <c>--name value</c>.</summary>
internal sealed record BenchOptions
{
    /// <summary>The server, <c>postgresql://…</c> of a superuser.</summary>
    public required string Postgres { get; init; }

    /// <summary>The folder with the peers' scripts and packages.</summary>
    public required string Peers { get; init; }

    /// <summary>Where the results go.</summary>
    public required string Output { get; init; }

    /// <summary>The cells asked for; empty for all.</summary>
    public required IReadOnlyList<string> Cells { get; init; }

    /// <summary>Parts of the names of the contenders asked for; empty for all.</summary>
    public required IReadOnlyList<string> Contenders { get; init; }

    /// <summary>How much is measured.</summary>
    public required BenchSize Size { get; init; }

    /// <exception cref="FormatException">An argument is missing or cannot be read.</exception>
    public static BenchOptions Read(IReadOnlyList<string> arguments)
    {
        var values = arguments.Chunk(2).ToDictionary(pair => pair[0], pair => pair is [_, var value] ? value : throw new FormatException($"{pair[0]} has no value"));
        var size = values.ContainsKey("--quick") ? BenchSize.Quick : new BenchSize();
        return new BenchOptions
        {
            Postgres = Required(values, "--postgres"),
            Peers = Required(values, "--peers"),
            Output = Required(values, "--output"),
            Cells = Words(values, "--cells", [',', ' ']),
            Contenders = Words(values, "--contenders", [';']),
            Size = size with { Rounds = Number(values, "--rounds", size.Rounds), Jobs = Number(values, "--jobs", size.Jobs) },
        };
    }

    private static string Required(Dictionary<string, string> values, string name) => values.GetValueOrDefault(name) ?? throw new FormatException($"{name} is missing");

    private static string[] Words(Dictionary<string, string> values, string name, char[] separators) =>
        values.GetValueOrDefault(name, "").Split(separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static int Number(Dictionary<string, string> values, string name, int otherwise) =>
        values.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
