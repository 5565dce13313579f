namespace PodEngine.Kit;

/// <summary>Whether the tests run with their long bounds (<c>make soak</c>) or with those every run can afford.</summary>
public static class Soak
{
    public static bool IsOn { get; } = Environment.GetEnvironmentVariable("PODENGINE_SOAK") == "1";

    /// <summary>One of two bounds.</summary>
    public static T Bound<T>(T always, T soaking) => IsOn ? soaking : always;
}
