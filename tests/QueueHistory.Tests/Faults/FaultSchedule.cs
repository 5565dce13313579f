namespace PodEngine.QueueHistory.Tests.Faults;

/// <summary>
/// The faults of a run, drawn from its seed. They come in rounds: first sessions are terminated, during which the leader, cut off itself all the time,
/// rescues nobody; then there is time to. Workers are killed and frozen all the while, and in every second round PostgreSQL goes away.
/// </summary>
public static class FaultSchedule
{
    public static readonly TimeSpan Round = TimeSpan.FromSeconds(20);

    private const int KillsInARound = 3;
    private const int FreezesInARound = 4;

    private static readonly TimeSpan Terminating = TimeSpan.FromSeconds(6);
    private static readonly FaultKind[] Outages = [FaultKind.RestartServer, FaultKind.QuitServer, FaultKind.KillServer];

    /// <param name="chance">The seed's.</param>
    /// <param name="length">How long the run takes; the last faults end a little later.</param>
    /// <param name="workers">How many places the fleet has.</param>
    /// <param name="leaseLength">The lease's: freezes last longer, outages may.</param>
    public static IReadOnlyList<Fault> Draw(Random chance, TimeSpan length, int workers, TimeSpan leaseLength)
    {
        var faults = new List<Fault>();
        for (var round = 0; Round * round < length; round++)
        {
            var start = Round * round;
            faults.Add(new Fault(start, FaultKind.TerminateBackends, Worker: -1, Terminating));
            AddForWorkers(KillsInARound, FaultKind.KillWorker, shortest: 0, longest: 0);
            AddForWorkers(FreezesInARound, FaultKind.FreezeWorker, shortest: 1.2, longest: 2.5);
            if (round % 2 == 1)
            {
                var outage = Outages[round / 2 % Outages.Length];
                faults.Add(new Fault(start + (Round * chance.NextDouble()), outage, Worker: -1, leaseLength * (1.5 * chance.NextDouble())));
            }

            void AddForWorkers(int count, FaultKind kind, double shortest, double longest)
            {
                for (var i = 0; i < count; i++)
                {
                    var lasting = leaseLength * (shortest + ((longest - shortest) * chance.NextDouble()));
                    faults.Add(new Fault(start + (Round * chance.NextDouble()), kind, chance.Next(workers), lasting));
                }
            }
        }

        return [.. faults.OrderBy(fault => fault.At)];
    }
}
