namespace PodEngine.Queue.Tests.Model;

/// <summary>How the model's actors are called in what people read.</summary>
internal static class Name
{
    public static string Worker(int worker) => $"worker {worker + 1}";

    public static string Job(int job) => $"job {job + 1}";
}
