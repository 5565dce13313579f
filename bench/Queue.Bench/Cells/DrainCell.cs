using PodEngine.Queue.Bench.Contenders;
using PodEngine.Queue.Bench.Reporting;
using PodEngine.Queue.Bench.Roles;

namespace PodEngine.Queue.Bench.Cells;

/// <summary>
/// Jobs inserted in bulk, and then worked off by two processes: from the first handler's begin until the store shows nothing unfinished. What the mirror
/// still has to do after that is measured too and told apart.
/// <para>The processes have worked off as many before, as workers that run for days have: or a drain of a second would measure their compilers.</para>
/// </summary>
internal sealed class DrainCell : ICell
{
    private const int Processes = 2;
    private const int FewestJobs = 240;

    /// <summary>.NET begins to count what is worth compiling well after the first, and compiles it during the second.</summary>
    private const int WarmUps = 2;

    /// <inheritdoc/>
    public string Name => "drain";

    /// <inheritdoc/>
    public async Task RunAsync(BenchRun run)
    {
        for (var round = 1; round <= run.Size.Rounds; round++)
        {
            foreach (var contender in run.Chosen(run.Field.Draining))
            {
                var drained = await DrainAsync(run, contender, round);
                run.Findings.Drains.Add(drained);
                BenchRun.Say($"drain {round}/{run.Size.Rounds} {contender.Name}: {drained.JobsPerSecond:N0} jobs/s, PostgreSQL {drained.PgCpuUsPerJob:N1} us/job");
            }
        }
    }

    private async Task<DrainFinding> DrainAsync(BenchRun run, Contender contender, int round)
    {
        await using var scene = await Scene.SetUpAsync(run.Server, contender);
        var jobs = Math.Max(FewestJobs, (int)(run.Size.Jobs * contender.DrainShare));
        await scene.AddWorkersAsync(Processes, timed: false);
        for (var time = 0; time < WarmUps; time++)
        {
            await WarmUpAsync(run, scene, Math.Max(FewestJobs, jobs / WarmUps));
        }

        var bulk = await scene.ProduceManyAsync(jobs);
        await scene.MirroredAsync();
        await scene.Database.SettleAsync();
        var (server, workers, host) = (await run.Server.ReadAsync(), scene.WorkerCpu, scene.HostCpu);
        await scene.GoAsync();
        var inTime = await IsDrainedAsync(scene, jobs);
        var ended = Moment.Micros;
        var used = await run.Server.ReadAsync() - server;
        var workerCpu = scene.WorkerCpu - workers;
        if (!inTime)
        {
            run.Findings.AddFault(contender, $"drain: {contender.Name} did not end within {contender.DrainAtMost.TotalSeconds:N0} s");
        }

        await scene.MirroredAsync();
        var mirrored = await run.Server.ReadAsync() - server;
        var hostCpu = scene.HostCpu - host;
        await DoneOnce.CheckAsync(run, scene, Name, jobs);
        var first = scene.Workers.Where(worker => worker.Progress.Count > 0).Min(worker => worker.Progress.FirstMicros);
        await scene.StopWorkersAsync();
        return new DrainFinding
        {
            Contender = contender.Name,
            Role = contender.Role,
            Round = round,
            Jobs = jobs,
            JobsPerSecond = jobs * 1e6 / (ended - first),
            PgCpuUsPerJob = used.Cpu.TotalMicroseconds / jobs,
            PgCpuUsPerJobMirrored = mirrored.Cpu.TotalMicroseconds / jobs,
            WorkerCpuUsPerJob = workerCpu.TotalMicroseconds / jobs,
            HostCpuUsPerJob = hostCpu.TotalMicroseconds / jobs,
            WalBytesPerJob = (double)used.WalBytes / jobs,
            WalBytesPerJobMirrored = (double)mirrored.WalBytes / jobs,
            DeadRows = await scene.Database.DeadRowsAsync(),
            BulkInsertsPerSecond = bulk.Count * 1e6 / bulk.ElapsedMicros,
        };
    }

    private async Task WarmUpAsync(BenchRun run, Scene scene, int jobs)
    {
        await scene.ProduceManyAsync(jobs);
        await scene.GoAsync();
        await IsDrainedAsync(scene, jobs);
        await DoneOnce.CheckAsync(run, scene, Name, jobs);
        await scene.RestAsync();
        await scene.MirroredAsync();
    }

    private static async Task<bool> IsDrainedAsync(Scene scene, int jobs) =>
        await Until.IsSoAsync(() => scene.Handled >= jobs, scene.Contender.DrainAtMost)
        && await Until.IsSoAsync(() => scene.Contender.IsDrainedAsync(scene.Database), scene.Contender.DrainAtMost);
}
