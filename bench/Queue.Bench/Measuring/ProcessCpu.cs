using System.Globalization;

namespace PodEngine.Queue.Bench.Measuring;

/// <summary>Processor time by the kernel's account, <c>/proc</c>.</summary>
internal static class ProcessCpu
{
    /// <summary>USER_HZ: 100 on every Linux .NET runs on.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    /// <summary>What a process has used, all its threads, in steps of 10 ms; zero when it is gone.</summary>
    public static TimeSpan Of(int process) => Fields(process) is { } fields ? Tick * (Number(fields, UserTime) + Number(fields, SystemTime)) : TimeSpan.Zero;

    /// <summary>
    /// What a process and its children have used, those that ended included. Children are taken for single-threaded, as PostgreSQL's are: theirs is read
    /// in nanoseconds, for many short backends each rounded to a tick would add up to a wrong sum.
    /// </summary>
    public static TimeSpan OfFamily(int parent)
    {
        var sum = TimeSpan.Zero;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var process)
                && Fields(process) is { } fields
                && Number(fields, Parent) == parent)
            {
                sum += OnlyThread(process);
            }
        }

        // Last, so that a child that ends meanwhile is not left out; counting it twice is as unlikely and as small.
        return Fields(parent) is { } own
            ? sum + (Tick * (Number(own, UserTime) + Number(own, SystemTime) + Number(own, ChildrenUserTime) + Number(own, ChildrenSystemTime)))
            : sum;
    }

    // Counted as proc(5) does, less the two before the program's name ends.
    private const int Parent = 1;
    private const int UserTime = 11;
    private const int SystemTime = 12;
    private const int ChildrenUserTime = 13;
    private const int ChildrenSystemTime = 14;

    private static TimeSpan OnlyThread(int process)
    {
        try
        {
            var nanoseconds = File.ReadAllText($"/proc/{process}/schedstat").Split(' ')[0];
            return TimeSpan.FromTicks(long.Parse(nanoseconds, CultureInfo.InvariantCulture) / TimeSpan.NanosecondsPerTick);
        }
        catch (IOException)
        {
            return Of(process);
        }
    }

    private static string[]? Fields(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");

            // The program's name is in parentheses and may hold spaces.
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static long Number(string[] fields, int index) => long.Parse(fields[index], CultureInfo.InvariantCulture);
}
