using Xunit;

namespace PodEngine.Kit;

/// <summary>What a test does when something it needs is not on this machine: skip at home, fail where <c>CI=true</c>.</summary>
public static class MissingDependency
{
    public static bool InCi { get; } = Environment.GetEnvironmentVariable("CI") == "true";

    /// <summary>Ends the running test; <paramref name="reason"/> says what is missing and how to get it.</summary>
    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    public static void SkipOrFail(string reason)
    {
        if (InCi)
        {
            Assert.Fail($"{reason} (CI=true: a missing dependency is a failure)");
        }

        Assert.Skip(reason);
    }
}
