using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using PodEngine.Simulators.Http;
using PodEngine.Simulators.Knobs;

namespace PodEngine.Simulators.RunPod;

/// <summary>All endpoints, the webhooks they owe, and what was billed.</summary>
internal sealed class RunPodState : IAsyncDisposable
{
    private readonly KnobStore knobs;
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentDictionary<string, RunPodEndpoint> endpoints = new();
    private readonly ConcurrentDictionary<Task, byte> tasks = new();
    private readonly ConcurrentDictionary<string, string> jobIdsByKey = new();
    private readonly WebhookDelivery webhooks;
    private int deliveries;

    public RunPodState(KnobStore knobs, TimeProvider time)
    {
        this.knobs = knobs;
        Time = time;
        webhooks = new WebhookDelivery(time, stopping.Token);
    }

    public TimeProvider Time { get; }

    public SimulatorKnobs Knobs => knobs.Current;

    /// <summary>The endpoint of that id; null when the knobs name others only.</summary>
    public RunPodEndpoint? Find(string endpointId) =>
        Knobs.RunPod.Endpoints.Count > 0 && !Knobs.RunPod.Endpoints.Contains(endpointId)
            ? null
            : endpoints.GetOrAdd(endpointId, id => new RunPodEndpoint(id, this));

    public RunPodJob? FindJob(string jobId) => endpoints.Values.Select(endpoint => endpoint.WithJob(jobId, job => job)).FirstOrDefault(job => job is not null);

    /// <summary>The job that first came with an idempotency key; the given one when it is the first.</summary>
    public string FirstWith(string key, string jobId) => jobIdsByKey.GetOrAdd(key, jobId);

    /// <summary>Ends a job and tells its webhooks.</summary>
    public void End(RunPodJob job, JobStatus status, WorkResult? result)
    {
        job.End(status, result, Time.GetUtcNow());
        if (status != JobStatus.Cancelled && (status == JobStatus.Completed || Knobs.RunPod.WebhookOnFailure) && job.Request.Webhooks.Count > 0)
        {
            var body = job.Write(Knobs.RunPod).ToJsonString();
            Track(NotifyAsync(job.Request.Webhooks, body, Knobs.RunPod));
        }
    }

    public Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken) =>
        delay == TimeSpan.Zero ? Task.CompletedTask : Task.Delay(delay, Time, cancellationToken);

    /// <summary>Keeps a task so that the end of the simulators waits for it.</summary>
    public void Track(Task task)
    {
        tasks.TryAdd(task, 0);
        _ = task.ContinueWith(ended => tasks.TryRemove(ended, out _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    public void Reset()
    {
        foreach (var endpoint in endpoints.Values)
        {
            endpoint.Stop();
        }

        endpoints.Clear();
        jobIdsByKey.Clear();
        Interlocked.Exchange(ref deliveries, 0);
    }

    public JsonObject ReadLedger()
    {
        var jobs = endpoints.Values.SelectMany(endpoint => endpoint.Jobs()).OrderBy(job => job.Created).ToList();
        return new JsonObject
        {
            ["submittedJobs"] = jobs.Count,
            ["billedJobs"] = jobs.Count(job => job.Started is not null),
            ["billedMs"] = jobs.Sum(job => job.BilledMs),
            ["webhookDeliveries"] = deliveries,
            ["jobs"] = jobs.Select(job => (JsonNode?)new JsonObject
            {
                ["id"] = job.Id,
                ["endpointId"] = job.EndpointId,
                ["status"] = job.Word(Knobs.RunPod),
                ["billedMs"] = job.BilledMs,
                ["seed"] = job.Subject.Seed,
                ["text"] = job.Subject.Text,
                ["ttlMs"] = (long)job.TimeToLive.TotalMilliseconds,
            }).ToJsonArray(),
        };
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        foreach (var endpoint in endpoints.Values)
        {
            endpoint.Stop();
        }

        await Task.WhenAll(tasks.Keys);
        webhooks.Dispose();
        stopping.Dispose();
    }

    private async Task NotifyAsync(IReadOnlyList<string> urls, string body, RunPodKnobs settings)
    {
        await Task.Yield();
        foreach (var url in urls)
        {
            for (var copy = 0; copy < settings.WebhookDeliveries; copy++)
            {
                if (await webhooks.DeliverAsync(url, body, TimeSpan.FromMilliseconds(settings.WebhookRetryMs)))
                {
                    Interlocked.Increment(ref deliveries);
                }
            }
        }
    }
}
