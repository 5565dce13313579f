using Npgsql;
using PodEngine.QueueHistory.Tests.Running;

namespace PodEngine.QueueHistory.Tests.Faults;

/// <summary>Lets the faults of a schedule happen, and counts them.</summary>
internal sealed class FaultInjector(World world, Fleet fleet, Random chance)
{
    private static readonly TimeSpan BetweenTerminations = TimeSpan.FromMilliseconds(200);

    private Task _outage = Task.CompletedTask;
    private int _terminated;

    /// <summary>Sessions that were terminated.</summary>
    public int Terminated => _terminated;

    /// <summary>Returns when the last fault is over.</summary>
    public async Task RunAsync(IEnumerable<Fault> schedule, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var striking = new List<Task>();
        foreach (var fault in schedule)
        {
            var wait = fault.At - TimeProvider.System.GetElapsedTime(started);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, TimeProvider.System, cancellationToken);
            }

            striking.Add(StrikeAsync(fault, cancellationToken));
        }

        await Task.WhenAll(striking);
    }

    private Task StrikeAsync(Fault fault, CancellationToken cancellationToken) => fault.Kind switch
    {
        FaultKind.KillWorker => fleet.KillAsync(fault.Worker),
        FaultKind.FreezeWorker => fleet.FreezeAsync(fault.Worker, fault.For, cancellationToken),
        FaultKind.TerminateBackends => TerminateAsync(fault.For, cancellationToken),
        FaultKind.RestartServer => TakeAwayAsync(world.Server.StopAsync, fault.For, cancellationToken),
        FaultKind.QuitServer => TakeAwayAsync(world.Server.QuitAsync, fault.For, cancellationToken),
        FaultKind.KillServer => TakeAwayAsync(world.Server.KillAsync, fault.For, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault.Kind, "no such fault"),
    };

    /// <summary>One outage after the other, also when PostgreSQL takes its time.</summary>
    private Task TakeAwayAsync(Func<Task> end, TimeSpan lasting, CancellationToken cancellationToken) =>
        _outage = TakeAwayAsync(_outage, end, lasting, cancellationToken);

    private async Task TakeAwayAsync(Task last, Func<Task> end, TimeSpan lasting, CancellationToken cancellationToken)
    {
        await last;
        await end();
        await Task.Delay(lasting, TimeProvider.System, cancellationToken);
        await world.Server.StartAgainAsync();
    }

    private async Task TerminateAsync(TimeSpan lasting, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(BetweenTerminations, TimeProvider.System);
        while (TimeProvider.System.GetElapsedTime(started) < lasting)
        {
            try
            {
                _terminated += await TerminateOneAsync(cancellationToken);
            }
            catch (NpgsqlException)
            {
                // PostgreSQL is away: there is nothing to terminate.
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    private async Task<int> TerminateOneAsync(CancellationToken cancellationToken)
    {
        const string Terminate = """
            select count(pg_terminate_backend(a.pid))::int
            from (
                select pid from pg_stat_activity
                where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()
                order by pid
                offset floor(@choice * (select count(*) - 1 from pg_stat_activity where datname = current_database() and backend_type = 'client backend'))
                limit 1
            ) as a
            """;
        await using var connection = new NpgsqlConnection($"{world.Database.ConnectionString};Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Terminate, connection);
        command.Parameters.AddWithValue("choice", chance.NextDouble());
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
