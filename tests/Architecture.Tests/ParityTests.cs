using System.Globalization;
using System.Text.RegularExpressions;

namespace PodEngine.Architecture.Tests;

public partial class ParityTests
{
    /// <summary>How many rows each list of the reference has.</summary>
    private static readonly Dictionary<string, int> RowsPerList = new() { ["P"] = 99, ["W"] = 52, ["T"] = 44, ["TW"] = 25, ["N"] = 28 };

    private static readonly List<ParityRow> Rows =
        [.. Row().Matches(Repository.Read("docs", "parity.md")).Select(match => new ParityRow(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value))];

    [Fact]
    public void Every_row_of_the_reference_has_exactly_one_line()
    {
        var expected = RowsPerList.SelectMany(list => Enumerable.Range(1, list.Value).Select(number => Id(list.Key, number)));

        Assert.Equal(expected.Order(StringComparer.Ordinal), Rows.Select(row => row.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_row_says_works_refused_or_later()
    {
        Assert.Empty(Rows.Where(row => !Verdict().IsMatch(row.Verdict)).Select(row => $"{row.Id}: {row.Verdict}"));
    }

    [Fact]
    public void Every_test_named_exists()
    {
        var tests = Repository.Files("tests", "*.cs").SelectMany(file => TestMethod().Matches(Repository.Read(file))).Select(match => match.Groups[1].Value).ToHashSet();

        var missing = Rows.Where(row => row.Verdict.StartsWith("works:", StringComparison.Ordinal))
            .SelectMany(row => TestName().Matches(row.Verdict).Select(match => (row.Id, Test: match.Groups[1].Value)))
            .Where(named => !tests.Contains(named.Test));

        Assert.Empty(missing);
    }

    private static string Id(string list, int number) => string.Create(CultureInfo.InvariantCulture, $"{list}-{number:00}");

    [GeneratedRegex(@"^\| ((?:P|W|T|TW|N)-\d\d) \| (.+?) \| (.+?) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^(works: `[A-Za-z0-9_]+`(, `[A-Za-z0-9_]+`)*( .+)?|refused: .{10,}|later: .+)$")]
    private static partial Regex Verdict();

    [GeneratedRegex(@"`([A-Z][A-Za-z0-9]*_[A-Za-z0-9_]+)`")]
    private static partial Regex TestName();

    [GeneratedRegex(@"public (?:async Task|void|static async Task|Task) ([A-Z][A-Za-z0-9_]+)\(")]
    private static partial Regex TestMethod();

    private sealed record ParityRow(string Id, string What, string Verdict);
}
