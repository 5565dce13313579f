using PodEngine.Queue.Postgres;
using PodEngine.Queue.Postgres.Connecting;

namespace PodEngine.Queue.Bench.Roles;

/// <summary>A process that inserts jobs.</summary>
internal sealed class Producer(IJobQueue queue)
{
    /// <summary>Runs until told to stop.</summary>
    public static async Task RunAsync(RoleSettings settings)
    {
        using var lines = new OrderLines();
        await using var store = PostgresStore.Open(settings.Url);
        await using var queue = new PostgresJobQueue(store);
        var producer = new Producer(queue);
        lines.Say(new Answer { Kind = Answer.Ready });
        while (await lines.NextAsync() is { Kind: not Order.Stop } order)
        {
            var began = Moment.Micros;
            var count = await producer.CarryOutAsync(order);
            lines.Say(new Answer { Kind = Answer.Done, Count = count, ElapsedMicros = Moment.Micros - began });
        }

        lines.Say(new Answer { Kind = Answer.Stopped });
    }

    private Task<long> CarryOutAsync(Order order) => order.Kind switch
    {
        Order.Bulk => BulkAsync(order),
        Order.Single => SingleAsync(order),
        Order.Paced => PacedAsync(order),
        _ => throw new ArgumentOutOfRangeException(nameof(order), order.Kind, "a producer bulks, singles or paces"),
    };

    private async Task<long> BulkAsync(Order order)
    {
        for (var at = order.From; at < order.From + order.Count; at += order.PerCall)
        {
            var inCall = Math.Min(order.PerCall, order.From + order.Count - at);
            await queue.UpsertAsync([.. Enumerable.Range(at, inCall).Select(number => BenchJob.Request(number, order))], CancellationToken.None);
        }

        return order.Count;
    }

    private async Task<long> SingleAsync(Order order)
    {
        var ends = Moment.Micros + (long)(order.Seconds * 1e6);
        long count = 0;
        await Task.WhenAll(Enumerable.Range(0, order.Clients).Select(async _ =>
        {
            while (Moment.Micros < ends)
            {
                await queue.UpsertAsync([BenchJob.Request(Interlocked.Increment(ref count), order)], CancellationToken.None);
            }
        }));
        return count;
    }

    private async Task<long> PacedAsync(Order order)
    {
        var interval = order.PerCall / order.RatePerSecond * 1e6;
        var began = Moment.Micros;
        var calls = new List<Task>();
        for (var i = 0; i * interval < order.Seconds * 1e6; i++)
        {
            // Not in step with anybody's timer.
            var due = began + (long)((i + Random.Shared.NextDouble()) * interval);
            if (due - Moment.Micros is > 0 and var wait)
            {
                await Task.Delay(TimeSpan.FromMicroseconds(wait), TimeProvider.System);
            }

            // A job's number is 100 × the moment of its call + its place in the call.
            var now = Moment.Micros;
            calls.Add(queue.UpsertAsync(
                [.. Enumerable.Range(0, order.PerCall).Select(place => BenchJob.Request((now * 100) + place, order))], CancellationToken.None));
        }

        await Task.WhenAll(calls);
        return (long)calls.Count * order.PerCall;
    }
}
