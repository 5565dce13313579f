using System.Text.Json;

namespace PodEngine.Queue.Bench.Roles;

/// <summary>A process's side of the conversation: orders from standard input, answers to standard output. The input's end ends the process.</summary>
internal sealed class OrderLines : IDisposable
{
    private readonly StreamReader _input = new(Console.OpenStandardInput());
    private readonly StreamWriter _output = new(Console.OpenStandardOutput()) { AutoFlush = true };
    private readonly Lock _gate = new();

    public void Say(Answer answer)
    {
        var line = JsonSerializer.Serialize(answer, RoleJson.Default.Answer);
        lock (_gate)
        {
            _output.WriteLine(line);
        }
    }

    /// <summary>The next order; <see cref="Order.Stop"/> when the bench is gone.</summary>
    public async Task<Order> NextAsync() =>
        await _input.ReadLineAsync() is { } line
            ? JsonSerializer.Deserialize(line, RoleJson.Default.Order)!
            : new Order { Kind = Order.Stop };

    public void Dispose()
    {
        _output.Dispose();
        _input.Dispose();
    }
}
