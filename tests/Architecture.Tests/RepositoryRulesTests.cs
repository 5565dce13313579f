using System.Text.RegularExpressions;

namespace PodEngine.Architecture.Tests;

public partial class RepositoryRulesTests
{
    private static readonly string[] Text = [".cs", ".sh", ".md", ".yaml", ".yml", ".json", ".sql", ".props", ".csproj", ".targets"];

    [Fact]
    public void No_file_names_a_home_folder()
    {
        var offenders = Repository.Files(".", "*")
            .Where(file => Text.Contains(Path.GetExtension(file)))
            .Where(file => HomeFolder().IsMatch(Repository.Read(file)));

        Assert.Empty(offenders);
    }

    [Fact]
    public void Folders_are_named_after_features_not_after_kinds_of_code()
    {
        string[] kinds = ["Models", "Services", "Interfaces", "Extensions", "Helpers", "Utils", "Common"];

        var offenders = Repository.Files("src", "*.cs").Where(file => file.Split('/').Any(part => kinds.Contains(part)));

        Assert.Empty(offenders);
    }

    [Fact]
    public void Types_are_named_after_what_they_do()
    {
        var offenders = Repository.Files("src", "*.cs")
            .SelectMany(file => VagueName().Matches(Repository.Read(file)).Select(match => $"{file}: {match.Value}"));

        Assert.Empty(offenders);
    }

    [Fact]
    public void No_test_waits_by_the_clock_and_none_is_switched_off()
    {
        var offenders = Repository.Files("tests", "*.cs")
            .Where(file => !file.StartsWith("tests/Architecture.Tests/", StringComparison.Ordinal))
            .Where(file => ClockOrSkip().IsMatch(Repository.Read(file)));

        Assert.Empty(offenders);
    }

    [GeneratedRegex(@"(?<![\w$}])/(root|home/[a-z]\w*|Users/\w+|work)/\w")]
    private static partial Regex HomeFolder();

    [GeneratedRegex(@"\b(class|record|struct|interface)\s+\w*(Manager|Helper|Util|Utils|Common|Processor)\b")]
    private static partial Regex VagueName();

    [GeneratedRegex(@"Thread\.Sleep|\(Skip\s*=\s*""|Assert\.True\(true\)")]
    private static partial Regex ClockOrSkip();
}
