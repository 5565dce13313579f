using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PodEngine.Kit;
using PodEngine.Kit.ControlPlanes;
using PodEngine.Kit.Postgres;
using PodEngine.Kit.Processes;

namespace PodEngine.EndToEnd.Tests;

/// <summary>
/// A namespace, a database schema and the simulators, with operator and workers as processes of their own, the way a cluster runs them. No kubelet is
/// there: workers are started by hand with the very settings the operator rendered into the pool's Deployment.
/// </summary>
internal sealed partial class Scene : IAsyncDisposable
{
    /// <summary>Where the samples expect the simulators.</summary>
    private const string SampleSimulators = "http://127.0.0.1:8700";

    private readonly List<ChildProcess> _processes = [];
    private readonly DirectoryInfo _storage = Directory.CreateTempSubdirectory("pod-engine-storage-");
    private readonly HttpClient _http = new();

    private Scene(TestNamespace space, PostgresSchema database) => (Namespace, Database) = (space, database);

    public TestNamespace Namespace { get; }

    public PostgresSchema Database { get; }

    /// <summary>Root address of the simulators.</summary>
    public string Simulators { get; private set; } = "";

    public static async Task<Scene> CreateAsync(ControlPlane plane)
    {
        var scene = new Scene(await TestNamespace.CreateAsync(plane), await PostgresSchema.CreateAsync());
        try
        {
            await scene.StartSimulatorsAsync();
            return scene;
        }
        catch
        {
            await scene.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts an operator for this namespace alone. It need not be able to reach anything yet.</summary>
    public async Task<ChildProcess> StartOperatorAsync(string? databaseUrl = null, string? kubeconfig = null) =>
        Track(await ChildProcess.StartProductAsync("Operator", [], new Dictionary<string, string?>
        {
            ["KUBECONFIG"] = kubeconfig ?? Namespace.Plane.KubeconfigPath,
            ["DATABASE_URL"] = databaseUrl ?? Database.Uri,
            ["WATCH_NAMESPACE"] = Namespace.Name,
            ["POD_NAMESPACE"] = Namespace.Name,
            ["WORKER_IMAGE"] = "pod-engine-worker:test",
            ["PODENGINE_METRICS_URL"] = "http://127.0.0.1:0",
            ["PODENGINE_PROBES_URL"] = "http://127.0.0.1:0",
        }));

    /// <summary>Starts a worker of a pool once the operator has made the pool's Deployment.</summary>
    public async Task<ChildProcess> StartWorkerAsync(string pool = "default")
    {
        var settings = await Eventually.Returns(() => PoolSettingsAsync(pool), TimeSpan.FromSeconds(30), $"the operator renders the Deployment of pool {pool}");
        return Track(await ChildProcess.StartProductAsync("Worker", [], new Dictionary<string, string?>
        {
            ["PODENGINE_POOL_SETTINGS"] = settings,
            ["DATABASE_URL"] = Database.Uri,
            ["CLAUDE_API_KEY"] = "simulated-claude-key",
            ["PRINTIFY_API_KEY"] = "simulated-printify-token",
            ["PODENGINE_STORAGE_PATH"] = _storage.FullName,
            ["PODENGINE_PROBES_URL"] = "http://127.0.0.1:0",
        }));
    }

    /// <summary>The samples with the simulators' address of this run in place of the usual one.</summary>
    public string Samples() => string.Join("\n---\n", Directory.EnumerateFiles(RepositoryRoot.File("config", "samples"), "*.yaml").Order(StringComparer.Ordinal)
        .Select(File.ReadAllText)).Replace(SampleSimulators, Simulators, StringComparison.Ordinal);

    /// <summary>Applies manifests and returns kubectl's output.</summary>
    public async Task<string> ApplyAsync(string manifests) =>
        (await Namespace.KubectlAsync(["apply", "--validate=false", "-f", "-"], manifests)).Expect();

    public async Task<string> KubectlAsync(params string[] arguments) => (await Namespace.KubectlAsync(arguments)).Expect();

    public async Task<JsonNode> GetAsync(string kind, string name) => JsonNode.Parse(await KubectlAsync("get", kind, name, "-o", "json"))!;

    /// <summary>Status of a condition, or null while it is not there.</summary>
    public async Task<string?> ConditionAsync(string job, string type) =>
        (await GetAsync("podjob", job))["status"]?["conditions"]?.AsArray().FirstOrDefault(condition => (string?)condition!["type"] == type)?["status"]?.GetValue<string>();

    /// <summary>What the outside services sold so far, as the simulators counted it.</summary>
    public async Task<JsonNode> PurchasesAsync() => JsonNode.Parse(await _http.GetStringAsync(new Uri($"{Simulators}/simulator/ledger")))!;

    /// <summary>Everything that tells why a scene did not go as it should: the objects, and what every process said.</summary>
    public async Task<string> DescribeAsync()
    {
        var objects = await Namespace.KubectlAsync(["get", "podjobs,workerpools,deployments", "-o", "yaml"]);
        return string.Join("\n", _processes.Select(process => $"── {process.Name} {(process.HasExited ? $"(ended with {process.ExitCode})" : "")}\n{process.Output}").Prepend(objects.StandardOutput));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Enumerable.Reverse(_processes))
        {
            await process.DisposeAsync();
        }

        _http.Dispose();
        await Namespace.DisposeAsync();
        await Database.DisposeAsync();
        _storage.Delete(recursive: true);
    }

    private async Task StartSimulatorsAsync()
    {
        var process = Track(await ChildProcess.StartProductAsync("Simulators", ["--urls", "http://127.0.0.1:0"]));
        var line = await process.WaitForLineAsync(line => line.Contains("listening on", StringComparison.Ordinal));
        Simulators = ListeningAddress().Match(line).Groups[1].Value.TrimEnd('/');
    }

    private async Task<string?> PoolSettingsAsync(string pool)
    {
        var answer = await Namespace.KubectlAsync(
            ["get", "deployment", $"{pool}-workers", "-o", "jsonpath={.spec.template.spec.containers[0].env[?(@.name==\"PODENGINE_POOL_SETTINGS\")].value}"]);
        return answer.ExitCode == 0 && answer.StandardOutput.Length > 0 ? answer.StandardOutput : null;
    }

    private ChildProcess Track(ChildProcess process)
    {
        _processes.Add(process);
        return process;
    }

    [GeneratedRegex(@"listening on (http://\S+)")]
    private static partial Regex ListeningAddress();
}
