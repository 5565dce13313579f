using System.Xml.Linq;

namespace PodEngine.Architecture.Tests;

public class ProjectArrowsTests
{
    /// <summary>Who may reference whom. A new arrow is a decision: write it down before adding it here.</summary>
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Shared"] = [],
        ["Kubernetes"] = [],
        ["Queue"] = [],
        ["Simulators"] = [],
        ["Resources"] = ["Kubernetes", "Queue", "Shared"],
        ["Ledger"] = ["Queue", "Shared"],
        ["Storage"] = ["Shared"],
        ["Providers"] = ["Shared"],
        ["Pipeline"] = ["Providers", "Storage", "Ledger", "Queue", "Shared"],
        ["Operator"] = ["Kubernetes", "Resources", "Ledger", "Queue", "Shared"],
        ["Worker"] = ["Pipeline", "Providers", "Storage", "Ledger", "Queue", "Shared"],
        ["Api"] = ["Kubernetes", "Resources", "Storage", "Ledger", "Queue", "Shared"],
        ["Cli"] = ["Api", "Worker", "Simulators", "Kubernetes", "Resources", "Pipeline", "Providers", "Storage", "Ledger", "Queue", "Shared"],
        ["Queue.Bench"] = ["Queue"],
    };

    private static readonly Dictionary<string, string> ProjectFiles = Repository.Files("src", "*.csproj").Concat(Repository.Files("bench", "*.csproj"))
        .ToDictionary(file => Path.GetFileNameWithoutExtension(file)!);

    public static TheoryData<string> Projects => [.. ProjectFiles.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_what_its_arrows_allow(string project)
    {
        Assert.True(Arrows.ContainsKey(project), $"{ProjectFiles[project]} has no arrows: decide what it may reference and add it to the table.");

        var references = XDocument.Parse(Repository.Read(ProjectFiles[project]))
            .Descendants("ProjectReference")
            .Select(reference => reference.Attribute("Include")!.Value.Replace('\\', '/'))
            .ToList();

        Assert.DoesNotContain(references, reference => reference.Contains("tests/", StringComparison.Ordinal));
        Assert.Empty(references.Select(Path.GetFileNameWithoutExtension).Except(Arrows[project]));
    }

    [Fact]
    public void Every_project_of_the_layout_is_in_the_solution()
    {
        var solution = Repository.Read("PodOperator.sln").Replace('\\', '/');

        var missing = ProjectFiles.Values.Concat(Repository.Files("tests", "*.csproj"))
            .Where(project => !solution.Contains(project, StringComparison.Ordinal));

        Assert.Empty(missing);
    }
}
