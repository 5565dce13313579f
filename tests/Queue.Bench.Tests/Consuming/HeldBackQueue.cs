using System.Reflection;

namespace PodEngine.Queue.Bench.Tests.Consuming;

/// <summary>A queue whose answers to claims and reports the test can hold back, and whose reports can fail; everything else is passed on.</summary>
#pragma warning disable CA1852 // The proxy is a class made from this one.
internal class HeldBackQueue : DispatchProxy
#pragma warning restore CA1852
{
    private IJobQueue _queue = null!;
    private int _faults;

    /// <summary>What the consumer is given.</summary>
    public IJobQueue Queue => (IJobQueue)(object)this;

    /// <summary>Claims that were answered.</summary>
    public int Claims { get; private set; }

    /// <summary>Claims are answered once this ends.</summary>
    public Task ClaimAnswers { get; set; } = Task.CompletedTask;

    /// <summary>Reports are written once this ends.</summary>
    public Task ReportAnswers { get; set; } = Task.CompletedTask;

    public static HeldBackQueue Before(IJobQueue queue)
    {
        var proxy = (HeldBackQueue)(object)Create<IJobQueue, HeldBackQueue>();
        proxy._queue = queue;
        return proxy;
    }

    /// <summary>So many reports find the store away.</summary>
    public void FailReports(int count) => _faults = count;

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
    {
        nameof(IJobQueue.ClaimAsync) => ClaimAsync((Task<IReadOnlyList<ClaimedJob>>)PassOn(targetMethod, args)!),
        nameof(IJobQueue.FinishAsync) => FinishAsync(() => (Task<JobState?>)PassOn(targetMethod, args)!),
        _ => PassOn(targetMethod, args),
    };

    private object? PassOn(MethodInfo method, object?[]? args) => method.Invoke(_queue, BindingFlags.DoNotWrapExceptions, null, args, null);

    private async Task<IReadOnlyList<ClaimedJob>> ClaimAsync(Task<IReadOnlyList<ClaimedJob>> claim)
    {
        var claimed = await claim;
        await ClaimAnswers;
        Claims++;
        return claimed;
    }

    private async Task<JobState?> FinishAsync(Func<Task<JobState?>> finish)
    {
        if (Interlocked.Decrement(ref _faults) >= 0)
        {
            throw new QueueUnavailableException("The store is away for a test.");
        }

        await ReportAnswers;
        return await finish();
    }
}
