namespace PodEngine.Queue.Bench.Measuring;

/// <summary>How much PostgreSQL has used up to a moment.</summary>
/// <param name="Cpu">Processor time of the server and all its processes, ended ones included.</param>
/// <param name="WalBytes">Position in the write-ahead log.</param>
internal readonly record struct ServerReading(TimeSpan Cpu, long WalBytes)
{
    public static ServerReading operator -(ServerReading later, ServerReading earlier) => new(later.Cpu - earlier.Cpu, later.WalBytes - earlier.WalBytes);
}
