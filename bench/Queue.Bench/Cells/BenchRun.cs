using PodEngine.Queue.Bench.Contenders;
using PodEngine.Queue.Bench.Databases;
using PodEngine.Queue.Bench.Reporting;

namespace PodEngine.Queue.Bench.Cells;

/// <summary>What the cells of one run share.</summary>
/// <param name="Server">The database server.</param>
/// <param name="Field">Who takes part.</param>
/// <param name="Only">Parts of the names of the contenders asked for; empty for all.</param>
/// <param name="Size">How much is measured.</param>
/// <param name="Findings">Where the results go.</param>
internal sealed record BenchRun(BenchServer Server, Field Field, IReadOnlyList<string> Only, BenchSize Size, Findings Findings)
{
    /// <summary>Those of them that were asked for.</summary>
    public IEnumerable<Contender> Chosen(IEnumerable<Contender> contenders) =>
        contenders.Where(contender => Only.Count == 0 || Only.Any(part => contender.Name.Contains(part, StringComparison.Ordinal)));

    /// <summary>Says what is going on.</summary>
    public static void Say(FormattableString line) => Console.Error.WriteLine($"bench-queue: {FormattableString.Invariant(line)}");
}
