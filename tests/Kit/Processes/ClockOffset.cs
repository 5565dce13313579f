using System.Globalization;

namespace PodEngine.Kit.Processes;

/// <summary>Puts the wall clock of a child process off (libfaketime), and leaves its monotonic clock alone.</summary>
public static class ClockOffset
{
    /// <summary>What to add to the child's environment.</summary>
    /// <exception cref="FileNotFoundException">libfaketime is not installed.</exception>
    public static IReadOnlyDictionary<string, string?> Environment(TimeSpan offset) => new Dictionary<string, string?>
    {
        ["LD_PRELOAD"] = Library(),
        ["FAKETIME"] = string.Create(CultureInfo.InvariantCulture, $"{(offset < TimeSpan.Zero ? "" : "+")}{offset.TotalSeconds:0}"),
        ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",

        // Without it timed waits on condition variables, which all waits of .NET are, end at once.
        ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0",
    };

    private static string Library() =>
        Directory.EnumerateDirectories("/usr/lib").Append("/usr/lib")
            .Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1"))
            .FirstOrDefault(File.Exists) ?? throw new FileNotFoundException("There is no libfaketimeMT.so.1 under /usr/lib: run `make setup`.");
}
