using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using PodEngine.Queue.Bench.Measuring;
using PodEngine.Queue.Bench.Roles;

namespace PodEngine.Queue.Bench.Contenders;

/// <summary>A process that takes part, seen from the bench: orders go in, answers come out. It ends with the bench, whose end closes its input.</summary>
internal sealed class BenchProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly Channel<Answer> _answers = Channel.CreateUnbounded<Answer>();
    private readonly Task _reading;
    private Answer _progress = new() { Kind = Answer.Handled };

    private BenchProcess(Process process)
    {
        _process = process;
        _reading = ReadAsync();
    }

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Processor time used so far.</summary>
    public TimeSpan Cpu => ProcessCpu.Of(Id);

    /// <summary>Jobs handled, as it last told by itself.</summary>
    public Answer Progress => Volatile.Read(ref _progress);

    /// <summary>Starts a process and waits until it is set up.</summary>
    public static async Task<BenchProcess> StartAsync(ProcessStartInfo start)
    {
        var process = Begin(start);
        await process.HearAsync(Answer.Ready);
        return process;
    }

    /// <summary>Starts a process without waiting, for when many start at once.</summary>
    public static BenchProcess Begin(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        return new BenchProcess(Process.Start(start)!);
    }

    /// <summary>Gives an order and returns the answer to it.</summary>
    public async Task<Answer> AskAsync(Order order, string answer = Answer.Done)
    {
        await TellAsync(order);
        return await HearAsync(answer);
    }

    /// <summary>Gives an order that has no answer, or one to be heard later.</summary>
    public async Task TellAsync(Order order)
    {
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(order, RoleJson.Default.Order));
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Returns the next answer, which must be of the kind expected.</summary>
    public async Task<Answer> HearAsync(string kind)
    {
        using var deadline = new CancellationTokenSource(Patience, TimeProvider.System);
        var answer = await _answers.Reader.ReadAsync(deadline.Token);
        return answer.Kind == kind ? answer : throw new InvalidOperationException($"Process {Id} answered '{answer.Kind}' instead of '{kind}'.");
    }

    /// <summary>Everything it handled.</summary>
    public Task<Answer> ReportAsync() => AskAsync(new Order { Kind = Order.Report }, Answer.Report);

    /// <summary>Sends a signal.</summary>
    public void Signal(ProcessSignal signal) => ProcessSignals.Send(Id, signal);

    /// <summary>Ends it in order.</summary>
    public async Task StopAsync()
    {
        await TellAsync(new Order { Kind = Order.Stop });
        await ExitedAsync();
    }

    /// <summary>Returns once it has ended.</summary>
    public async Task ExitedAsync()
    {
        using var deadline = new CancellationTokenSource(Patience, TimeProvider.System);
        await _process.WaitForExitAsync(deadline.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _reading;
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            var answer = JsonSerializer.Deserialize(line, RoleJson.Default.Answer)!;
            if (answer.Kind == Answer.Handled)
            {
                Volatile.Write(ref _progress, answer);
            }
            else
            {
                _answers.Writer.TryWrite(answer);
            }
        }

        _answers.Writer.TryComplete(new InvalidOperationException($"Process {_process.Id} ended before it was told to; what it wrote is above."));
    }
}
