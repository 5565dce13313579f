namespace PodEngine.Kit;

/// <summary>Finds files of the checkout from a test's output folder.</summary>
public static class RepositoryRoot
{
    /// <summary>The folder that holds <c>PodOperator.sln</c>.</summary>
    public static string Path { get; } = Find();

    /// <summary>The configuration the running tests were built in, <c>Debug</c> or <c>Release</c>.</summary>
    public static string Configuration { get; } =
        AppContext.BaseDirectory.Contains("/bin/Release/", StringComparison.Ordinal) ? "Release" : "Debug";

    /// <summary>An absolute path from one relative to the root.</summary>
    public static string File(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(System.IO.Path.Combine(folder.FullName, "PodOperator.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"no folder above {AppContext.BaseDirectory} holds PodOperator.sln");
    }
}
