namespace PodEngine.Queue.Bench.Cells;

/// <summary>One question that is measured, for whoever it is asked of.</summary>
internal interface ICell
{
    /// <summary>The word it is chosen by, <c>CELLS=…</c>.</summary>
    string Name { get; }

    /// <summary>Measures, and writes down what was found.</summary>
    Task RunAsync(BenchRun run);
}
