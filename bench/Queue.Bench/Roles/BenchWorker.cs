using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging.Abstractions;
using PodEngine.Queue.Bench.Consuming;
using PodEngine.Queue.Postgres;
using PodEngine.Queue.Postgres.Connecting;

namespace PodEngine.Queue.Bench.Roles;

/// <summary>A process that works: a consumer, begun when the bench says so, ended by it or by SIGTERM.</summary>
internal sealed class BenchWorker
{
    private static readonly TimeSpan Telling = TimeSpan.FromMilliseconds(20);
    private static readonly AttemptOutcome Done = new AttemptOutcome.Completed();

    private static readonly AttemptOutcome PutOff = new AttemptOutcome.Snoozed(TimeSpan.FromMinutes(10), "LimitUsedUp", HoldKey: true);

    private readonly OrderLines _lines;
    private readonly HandledJobs _handled;
    private readonly HeldHandler _holding;
    private readonly Func<JobConsumer> _newConsumer;
    private readonly int _saturatedBelow;
    private Run? _run;

    private BenchWorker(RoleSettings settings, IJobQueue queue, OrderLines lines)
    {
        _lines = lines;
        _handled = new HandledJobs(settings.Timed);
        _holding = new HeldHandler(queue, _handled);
        _saturatedBelow = settings.SaturatedBelow;
        JobHandler handler = settings.Handler switch
        {
            HandlerKind.Hold => _holding.RunAsync,
            HandlerKind.PutOff => DoOrPutOff,
            _ => DoNothing,
        };
        _newConsumer = () => new JobConsumer(Options(settings), queue, handler, TimeProvider.System, NullLogger.Instance);
    }

    /// <summary>Runs until told to stop.</summary>
    public static async Task RunAsync(RoleSettings settings)
    {
        using var lines = new OrderLines();
        using var stop = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            stop.Cancel();
        });
        await using var store = PostgresStore.Open(settings.Url);
        await using var queue = new PostgresJobQueue(store);
        var worker = new BenchWorker(settings, queue, lines);
        await worker.TalkAsync(stop);
        lines.Say(new Answer { Kind = Answer.Stopped });
    }

    private async Task TalkAsync(CancellationTokenSource stop)
    {
        var telling = TellAsync(stop.Token);
        _lines.Say(new Answer { Kind = Answer.Ready });
        while (await NextAsync(stop.Token) is { Kind: not Order.Stop } order)
        {
            switch (order.Kind)
            {
                case Order.Go:
                    await BeginAsync(stop.Token);
                    _lines.Say(new Answer { Kind = Answer.Done });
                    break;
                case Order.Rest:
                    await EndAsync();
                    _handled.Forget();
                    _lines.Say(_handled.Progress());
                    _lines.Say(new Answer { Kind = Answer.Done });
                    break;
                case Order.Release:
                    _holding.Release();
                    break;
                default:
                    _lines.Say(_holding.Report());
                    break;
            }
        }

        await stop.CancelAsync();
        await EndAsync();
        await telling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task BeginAsync(CancellationToken stop)
    {
        var consumer = _newConsumer();
        var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _run = new Run(consumer, ending, consumer.RunAsync(ending.Token));
        await consumer.Registered.WaitAsync(stop);
    }

    private async Task EndAsync()
    {
        if (_run is { } run)
        {
            _run = null;
            await run.Ending.CancelAsync();
            await run.Consuming;
            run.Consumer.Dispose();
            run.Ending.Dispose();
        }
    }

    private async Task<Order?> NextAsync(CancellationToken stop)
    {
        try
        {
            return await _lines.NextAsync().WaitAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Tells the bench how many jobs were handled, whenever there are more.</summary>
    private async Task TellAsync(CancellationToken stop)
    {
        var told = 0L;
        using var timer = new PeriodicTimer(Telling, TimeProvider.System);
        while (await timer.WaitForNextTickAsync(stop))
        {
            if (_handled.Progress() is var progress && progress.Count != told)
            {
                told = progress.Count;
                _lines.Say(progress);
            }
        }
    }

    private ValueTask<AttemptOutcome?> DoNothing(JobAttempt attempt)
    {
        _handled.Add(BenchJob.NumberOf(attempt.Job.Arguments));
        return new ValueTask<AttemptOutcome?>(Done);
    }

    private ValueTask<AttemptOutcome?> DoOrPutOff(JobAttempt attempt) =>
        BenchJob.NumberOf(attempt.Job.Arguments) < _saturatedBelow ? new ValueTask<AttemptOutcome?>(PutOff) : DoNothing(attempt);

    private static JobConsumerOptions Options(RoleSettings settings) => new()
    {
        Queue = BenchLane.Queue,
        WorkerId = $"bench/{Environment.ProcessId}/{Guid.NewGuid():N}",
        Host = "bench",
        Slots = settings.Slots,
        ClaimAhead = settings.ClaimAhead,
        MaxHeld = settings.MaxHeld,
        ClaimBatch = settings.ClaimBatch,
    };

    private sealed record Run(JobConsumer Consumer, CancellationTokenSource Ending, Task Consuming);
}
