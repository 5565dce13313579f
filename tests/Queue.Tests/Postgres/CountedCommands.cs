using System.Diagnostics;

namespace PodEngine.Queue.Tests.Postgres;

/// <summary>Counts what is sent to PostgreSQL, commands and batches, by whatever the test calls while it lives.</summary>
internal sealed class CountedCommands : IDisposable
{
    private readonly Activity _call = new Activity(nameof(CountedCommands)).Start();
    private readonly ActivityListener _listener;
    private int _count;

    public CountedCommands()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = command => _ = command.TraceId == _call.TraceId ? Interlocked.Increment(ref _count) : 0,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public int Count => Volatile.Read(ref _count);

    public void Dispose()
    {
        _listener.Dispose();
        _call.Dispose();
    }
}
