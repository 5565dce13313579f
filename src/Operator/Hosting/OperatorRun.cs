using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Leadership;
using PodEngine.Kubernetes.Objects;
using PodEngine.Kubernetes.Recording;
using PodEngine.Operator.Settings;
using PodEngine.Operator.Watching;

namespace PodEngine.Operator.Hosting;

/// <summary>
/// One life of the operator: watches from the start, leads when its turn comes, and ends when it is stopped (releasing the lease) or has lost the
/// lead. It never leads twice: a process that lost the lead ends, so that nothing of its term goes on.
/// </summary>
internal sealed partial class OperatorRun : IAsyncDisposable
{
    /// <summary>Namespace assumed where neither POD_NAMESPACE nor the connection names one.</summary>
    public const string DefaultNamespace = "podengine-system";

    /// <summary>Name of the Lease.</summary>
    public const string LeaseName = "podengine-operator";

    private readonly KubernetesClient client;
    private readonly EventRecorder recorder;
    private readonly LeaderElector elector;
    private readonly LeaderDuties duties;
    private readonly ILogger logger;
    private readonly string podNamespace;

    /// <summary>Puts an operator together; nothing is sent before it runs.</summary>
    public OperatorRun(OperatorSettings settings, KubernetesConnection connection, OperatorStores stores, TimeProvider time, ILoggerFactory loggers)
    {
        logger = loggers.CreateLogger<OperatorRun>();
        podNamespace = settings.PodNamespace ?? connection.Namespace ?? DefaultNamespace;
        client = new KubernetesClient(connection, time, new KubernetesClientOptions { UserAgent = "podengine-operator", FieldManager = "podengine-operator" });
        recorder = new EventRecorder(
            client, new EventRecorderOptions { ReportingController = "podengine.io/operator", ReportingInstance = settings.PodName }, time,
            loggers.CreateLogger<EventRecorder>());
        var lease = new LeaderElectionOptions { Lease = new ResourceKey(podNamespace, LeaseName), Identity = $"{settings.PodName}_{Guid.NewGuid():N}" };
        elector = new LeaderElector(client, lease, time, loggers.CreateLogger<LeaderElector>());
        Cluster = new ClusterView(client, settings.WatchNamespace, time, loggers.CreateLogger<ClusterView>());

        // What only the leader may write is asked for before each send: a process that was frozen learns here that its time has passed.
        duties = new LeaderDuties(settings, podNamespace, client.Guarded(() => elector.IsLeading), Cluster, recorder, stores, time, loggers);
    }

    /// <summary>What it watches.</summary>
    public ClusterView Cluster { get; }

    /// <summary>Whether this process leads.</summary>
    public bool IsLeading => elector.IsLeading;

    /// <summary>Runs until stopped or until the lead is lost; returns the process's exit code.</summary>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        Log.Starting(logger, client.Connection.Server, client.Connection.Source, podNamespace);
        Cluster.Start();
        recorder.Start();
        elector.Start();
        try
        {
            return await LeadAsync(await elector.WaitForLeadershipAsync(stop), stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCodes.Stopped;
        }
        finally
        {
            await elector.StopAsync();
            await recorder.StopAsync();
            await Cluster.StopAsync();
        }
    }

    /// <summary>Says where probes and metrics are served.</summary>
    public static void TellAddresses(ILoggerFactory loggers, IEnumerable<string> urls) =>
        Log.Listening(loggers.CreateLogger<OperatorRun>(), string.Join(" and ", urls));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await duties.DisposeAsync();
        client.Dispose();
    }

    private async Task<int> LeadAsync(LeadershipTerm term, CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop, term.Lost);
        try
        {
            await duties.RunAsync(ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // Stopped, or no longer the leader.
        }
        catch (WriteWithheldException)
        {
            // No longer the leader, and a write noticed first.
        }
#pragma warning disable CA1031 // Whatever ended the duties: the process says so and ends, and another one takes over.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            Log.Defect(logger, defect);
            return ExitCodes.Defect;
        }

        if (stop.IsCancellationRequested)
        {
            return ExitCodes.Stopped;
        }

        Log.LeadershipLost(logger, ExitCodes.LeadershipLost);
        return ExitCodes.LeadershipLost;
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.Hosting, LogLevel.Information, "Operator starting: API server {Server} ({Source}), own namespace {PodNamespace}.")]
        public static partial void Starting(ILogger logger, Uri server, string source, string podNamespace);

        [LoggerMessage(EventIds.Hosting + 2, LogLevel.Information, "Metrics and probes are at {Urls}.")]
        public static partial void Listening(ILogger logger, string urls);

        [LoggerMessage(EventIds.Leadership, LogLevel.Critical,
            "Leadership is lost: this process ends with exit code {ExitCode}, so that nothing it began as leader goes on. Another one leads, or this one's successor will.")]
        public static partial void LeadershipLost(ILogger logger, int exitCode);

        [LoggerMessage(EventIds.Hosting + 1, LogLevel.Critical, "A duty of the leader ended by a defect; the process ends.")]
        public static partial void Defect(ILogger logger, Exception defect);
    }
}
