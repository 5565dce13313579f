using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using PodEngine.Queue.Postgres;

namespace PodEngine.Queue.Tests.Postgres.Pooling;

/// <summary>What the queue has logged.</summary>
internal sealed class LoggedLines : ILogger<PostgresJobQueue>
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue(formatter(state, exception));
}
