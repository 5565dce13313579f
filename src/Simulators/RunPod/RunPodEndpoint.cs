using System.Text.Json.Nodes;
using PodEngine.Simulators.Http;
using PodEngine.Simulators.Knobs;

namespace PodEngine.Simulators.RunPod;

/// <summary>An endpoint: its queue, its jobs, and as many runs at a time as it has workers. Guarded by its own lock.</summary>
internal sealed class RunPodEndpoint(string id, RunPodState state)
{
    private static readonly TimeSpan LimitWindow = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly Dictionary<string, RunPodJob> jobs = [];
    private readonly List<RunPodJob> waiting = [];
    private readonly Dictionary<string, RequestWindow> windows = [];
    private int running;
    private int retried;

    /// <summary>The id in the address.</summary>
    public string Id => id;

    private RunPodKnobs Knobs => state.Knobs.RunPod;

    /// <summary>Takes a place in the rate limit of an operation (per endpoint and 10 seconds).</summary>
    public bool TryTake(string operation)
    {
        var limit = operation switch
        {
            "run" => 1000,
            "cancel" => 100,
            "purge-queue" => 2,
            "requests" => 10,
            _ => 2000,
        };
        lock (gate)
        {
            var window = windows.TryGetValue(operation, out var known) ? known : windows[operation] = new RequestWindow(state.Time, LimitWindow);
            return window.TryTake((int)(limit * Knobs.RateLimitScale));
        }
    }

    public void Submit(RunPodJob job)
    {
        lock (gate)
        {
            jobs[job.Id] = job;
            if (job.Variant != RunPodVariant.Lost)
            {
                waiting.Add(job);
            }

            Pump();
        }
    }

    /// <summary>Acts on a job under the lock, after what time has done to it; null when it is unknown or expired.</summary>
    public T? WithJob<T>(string jobId, Func<RunPodJob, T> act)
        where T : class
    {
        lock (gate)
        {
            Pump();
            return jobs.TryGetValue(jobId, out var job) && job.Variant != RunPodVariant.Lost && !Expire(job) ? act(job) : null;
        }
    }

    public void Cancel(RunPodJob job)
    {
        waiting.Remove(job);
        if (!job.IsFinal)
        {
            var wasRunning = job.Status == JobStatus.Running;
            state.End(job, JobStatus.Cancelled, null);
            if (!wasRunning || !Knobs.CancelledMayComplete)
            {
                job.Run?.Cancel();
            }
        }
    }

    public void Retry(RunPodJob job)
    {
        retried++;
        job.Retries++;
        job.Variant = RunPodVariant.Normal;
        job.Requeue(state.Time.GetUtcNow());
        waiting.Add(job);
        Pump();
    }

    public int Purge()
    {
        lock (gate)
        {
            var removed = waiting.ToList();
            waiting.Clear();
            removed.ForEach(job => jobs.Remove(job.Id));
            return removed.Count;
        }
    }

    public IReadOnlyList<RunPodJob> Jobs()
    {
        lock (gate)
        {
            return [.. jobs.Values];
        }
    }

    public JsonObject WriteHealth()
    {
        lock (gate)
        {
            Pump();
            var workers = new JsonObject { ["idle"] = Math.Max(0, Knobs.MaxWorkers - running), ["running"] = running };
            if (!Knobs.ShortHealth)
            {
                workers["initializing"] = 0;
                workers["ready"] = Math.Max(0, Knobs.MaxWorkers - running);
                workers["throttled"] = 0;
            }

            if (Knobs.UnhealthyMember)
            {
                workers["unhealthy"] = 0;
            }

            return new JsonObject
            {
                ["jobs"] = new JsonObject
                {
                    ["completed"] = jobs.Values.Count(job => job.Status == JobStatus.Completed),
                    ["failed"] = jobs.Values.Count(job => job.Status is JobStatus.Failed or JobStatus.TimedOut),
                    ["inProgress"] = jobs.Values.Count(job => job.Status == JobStatus.Running),
                    ["inQueue"] = jobs.Values.Count(job => job.Status == JobStatus.Queued && job.Variant != RunPodVariant.Lost),
                    ["retried"] = retried,
                },
                ["workers"] = workers,
            };
        }
    }

    public void Stop()
    {
        lock (gate)
        {
            waiting.Clear();
            foreach (var job in jobs.Values)
            {
                job.Run?.Cancel();
            }
        }
    }

    private void Pump()
    {
        while (running < Knobs.MaxWorkers && waiting.Find(job => job.Variant != RunPodVariant.StaysQueued) is { } job)
        {
            waiting.Remove(job);
            if (Expire(job))
            {
                continue;
            }

            running++;
            var stop = new CancellationTokenSource();
            job.Run = stop;
            state.Track(RunAsync(job, stop));
        }
    }

    // A job whose ttl ran out is gone, or timed out; a result is gone when its time is over.
    private bool Expire(RunPodJob job)
    {
        var now = state.Time.GetUtcNow();
        if (!job.IsFinal && now - job.Created >= job.TimeToLive)
        {
            waiting.Remove(job);
            job.Run?.Cancel();
            state.End(job, JobStatus.TimedOut, null);
            if (Knobs.ExpiredIsNotFound)
            {
                job.Variant = RunPodVariant.Lost;
                return true;
            }
        }

        var kept = job.IsSync ? Knobs.RunSyncResultMs : Knobs.RunResultMs;
        return job.Ended is { } ended && now - ended >= TimeSpan.FromMilliseconds(kept);
    }

    private async Task RunAsync(RunPodJob job, CancellationTokenSource stop)
    {
        await Task.Yield();
        try
        {
            await state.DelayAsync(TimeSpan.FromMilliseconds(Knobs.ColdStartMs), stop.Token);
            lock (gate)
            {
                stop.Token.ThrowIfCancellationRequested();
                job.Start(state.Time.GetUtcNow());
            }

            await WorkAsync(job, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Cancelled, expired or reset: whoever did it has set the state.
        }
        finally
        {
            lock (gate)
            {
                running--;
                job.Run = job.Run == stop ? null : job.Run;
                stop.Dispose();
                Pump();
            }
        }
    }

    private async Task WorkAsync(RunPodJob job, CancellationToken cancellationToken)
    {
        var knobs = state.Knobs;
        var latency = TimeSpan.FromMilliseconds(knobs.RunPod.LatencyMs);
        var timesOut = latency > job.Request.ExecutionTimeout;
        await state.DelayAsync(job.Variant == RunPodVariant.StaysRunning ? Timeout.InfiniteTimeSpan : timesOut ? job.Request.ExecutionTimeout : latency, cancellationToken);
        var result = timesOut ? null : new RunPodWork(job, knobs).Do();
        lock (gate)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (job.IsFinal && !(job.Status == JobStatus.Cancelled && knobs.RunPod.CancelledMayComplete))
            {
                return;
            }

            Settle(job, result, timesOut);
        }
    }

    private void Settle(RunPodJob job, WorkResult? result, bool timedOut)
    {
        if (timedOut)
        {
            var status = Knobs.ExecutionTimeoutStatus == "TIMED_OUT" ? JobStatus.TimedOut : JobStatus.Failed;
            state.End(job, status, new WorkResult(null, "job timed out after " + job.Request.ExecutionTimeout.TotalSeconds + "s"));
        }
        else if (job.Variant == RunPodVariant.TimesOut)
        {
            state.End(job, JobStatus.TimedOut, null);
        }
        else if (job.Variant == RunPodVariant.WorkerVanishes && job.Retries < Knobs.VanishedRequeues)
        {
            job.Retries++;
            job.Requeue(state.Time.GetUtcNow());
            waiting.Add(job);
        }
        else if (job.Variant == RunPodVariant.WorkerVanishes)
        {
            state.End(job, JobStatus.Failed, new WorkResult(null, "job failed: the worker did not report back"));
        }
        else
        {
            state.End(job, result!.Error is null ? JobStatus.Completed : JobStatus.Failed, result);
        }
    }
}
