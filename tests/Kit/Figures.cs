namespace PodEngine.Kit;

/// <summary>What a test has measured or counted, shown in the run's output also when the test passes.</summary>
public static class Figures
{
    /// <summary>Shows a line, or several.</summary>
    public static void Show(string text) => Console.WriteLine(text);
}
