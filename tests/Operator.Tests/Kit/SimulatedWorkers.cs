using System.Text.Json.Nodes;
using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Objects;
using PodEngine.Queue;

namespace PodEngine.Operator.Tests.Kit;

/// <summary>
/// The kubelet and the workers of pool default, as far as the API server and the database can tell. They do nothing but when told to beat: then each
/// pod's worker sends its heartbeat, heeds what it is told, and the pod becomes ready or not as the worker's probe would have it.
/// </summary>
internal sealed class SimulatedWorkers(OperatorWorld world)
{
    private readonly Dictionary<string, bool> readiness = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JobLease> leases = new(StringComparer.Ordinal);

    /// <summary>Names of the pods that live, by name.</summary>
    public IReadOnlyList<string> Pods => [.. readiness.Keys.Order(StringComparer.Ordinal)];

    /// <summary>How many pods were shown as not ready, those that have gone since included.</summary>
    public int TurnedNotReady { get; private set; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private QueueKey Lane => new(world.InstallationId, world.Namespace, "default");

    /// <summary>Every worker beats once; those of pods that have gone leave.</summary>
    public async Task BeatAsync()
    {
        var pods = (await world.Client.ListAsync(
                BuiltIn.Pods, new ListRequest { Namespace = world.Namespace, LabelSelector = "podengine.io/pool=default" }, Token))
            .Where(static pod => pod.Metadata.DeletionTimestamp is null).Select(static pod => pod.Metadata.Name!).ToList();
        foreach (var gone in readiness.Keys.Except(pods).ToList())
        {
            await world.Queue.DeregisterAsync(gone, Token);
            readiness.Remove(gone);
        }

        foreach (var pod in pods)
        {
            await BeatAsync(pod);
        }
    }

    /// <summary>Has the worker of a pod claim the next job.</summary>
    public async Task ClaimAsync(string pod) =>
        leases.Add(pod, Assert.Single(await world.Queue.ClaimAsync(Lane, pod, 1, Token)).Lease);

    /// <summary>Whether the worker of a pod gets a job, which it hands back.</summary>
    public async Task<bool> CanClaimAsync(string pod)
    {
        if (await world.Queue.ClaimAsync(Lane, pod, 1, Token) is not [var claimed])
        {
            return false;
        }

        await world.Queue.FinishAsync(claimed.Lease, new AttemptOutcome.HandedBack(), Token);
        return true;
    }

    /// <summary>Has the worker of a pod end its job.</summary>
    public async Task CompleteAsync(string pod)
    {
        await world.Queue.FinishAsync(leases[pod], new AttemptOutcome.Completed(), Token);
        leases.Remove(pod);
    }

    private async Task BeatAsync(string pod)
    {
        var isReady = readiness.GetValueOrDefault(pod, true);
        var reply = await world.Queue.HeartbeatAsync(
            new WorkerHeartbeat
            {
                WorkerId = pod,
                Queue = Lane,
                Host = pod,
                Concurrency = 5,
                Held = leases.TryGetValue(pod, out var lease) ? [lease] : [],
                Draining = !isReady,
            },
            Token);
        if (!readiness.TryGetValue(pod, out var shown) || shown == reply.DrainRequested)
        {
            await ShowAsync(pod, !reply.DrainRequested);
        }
    }

    private async Task ShowAsync(string pod, bool isReady)
    {
        var now = KubernetesTime.WholeSeconds(TimeProvider.System.GetUtcNow()).ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
        var status = new JsonObject
        {
            ["phase"] = "Running",
            ["conditions"] = new JsonArray(new JsonObject { ["type"] = "Ready", ["status"] = ConditionStatus.Of(isReady), ["lastTransitionTime"] = now }),
            ["containerStatuses"] = new JsonArray(new JsonObject
            {
                ["name"] = "worker",
                ["ready"] = isReady,
                ["restartCount"] = 0,
                ["image"] = "registry.example/worker:1",
                ["imageID"] = "",
                ["state"] = new JsonObject { ["running"] = new JsonObject { ["startedAt"] = now } },
            }),
        };
        await world.Client.PatchStatusAsync(BuiltIn.Pods, new ResourceKey(world.Namespace, pod), status, Precondition.None, Token);
        readiness[pod] = isReady;
        TurnedNotReady += isReady ? 0 : 1;
    }
}
