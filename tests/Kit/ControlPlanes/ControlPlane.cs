using System.Security.Cryptography.X509Certificates;
using PodEngine.Kit.Faults;
using PodEngine.Kit.Processes;
using Xunit;

namespace PodEngine.Kit.ControlPlanes;

/// <summary>
/// A real API server with etcd and controller manager. Tests share one per run: that of <c>PODENGINE_TEST_CONTROL_PLANE</c> (its folder, set by
/// <c>make test</c>), else one started on first use and ended with the process; a namespace per test keeps them apart. The kinds of
/// <c>config/crds</c> are installed. Tests that take the API server away start one of their own with <see cref="StartAsync"/>.
/// </summary>
public sealed class ControlPlane : IAsyncDisposable
{
    /// <summary>The folder of a running control plane that enforces CEL rules.</summary>
    public const string EnvironmentVariable = "PODENGINE_TEST_CONTROL_PLANE";

    /// <summary>The folder of a running control plane without the 1.36 CRD server.</summary>
    public const string PlainEnvironmentVariable = "PODENGINE_TEST_CONTROL_PLANE_PLAIN";

    private static readonly Lazy<Task<ControlPlane>> _shared = new(() => StartSharedAsync(EnvironmentVariable, plain: false));
    private static readonly Lazy<Task<ControlPlane>> _sharedPlain = new(() => StartSharedAsync(PlainEnvironmentVariable, plain: true));

    private readonly EngServer? _server;
    private readonly Dictionary<string, string> _facts;
    private readonly X509Certificate2 _clientCertificate;
    private readonly X509Certificate2Collection _authorities = [];

    private ControlPlane(string directory, EngServer? server)
    {
        Folder = directory;
        _server = server;
        _facts = File.ReadLines(Path.Combine(directory, "plane.env")).Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        _clientCertificate = X509Certificate2.CreateFromPemFile(Pki("admin.crt"), Pki("admin.key"));
        _authorities.ImportFromPemFile(Pki("ca.crt"));
    }

    /// <summary>Its throwaway folder: <c>kubeconfig</c>, <c>audit.log</c>, <c>logs/</c>, <c>pki/</c>.</summary>
    public string Folder { get; }

    /// <summary>The administrator's kubeconfig.</summary>
    public string KubeconfigPath => Path.Combine(Folder, "kubeconfig");

    /// <summary>Where the API server listens.</summary>
    public Uri Address => new($"https://127.0.0.1:{Port}/");

    public int Port => int.Parse(_facts["API_PORT"], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The API server's version, such as <c>1.20.2</c>.</summary>
    public string Version => _facts["VERSION"];

    /// <summary>Whether CEL rules and selectable fields of our CRDs work here: by the CRD server, or because the API server is new enough.</summary>
    public bool EnforcesCel => _facts["MODE"] != "plain";

    /// <summary>The run's control plane, with CEL rules where it can be had; ends the test (skip at home, fail in CI) when there can be none.</summary>
    public static Task<ControlPlane> SharedAsync() => OrSkipAsync(_shared.Value);

    /// <summary>The same without the CRD server: as an API server too old for CEL rules behaves.</summary>
    public static Task<ControlPlane> SharedPlainAsync() => OrSkipAsync(_sharedPlain.Value);

    /// <summary>The run's control plane; ends the test when it does not enforce CEL rules.</summary>
    public static async Task<ControlPlane> SharedWithCelAsync()
    {
        var plane = await SharedAsync();
        if (!plane.EnforcesCel)
        {
            MissingDependency.SkipOrFail("the 1.36 CRD server is not built here, and the API server is too old for CEL rules: run `make setup`");
        }

        return plane;
    }

    /// <summary>Starts a control plane of the test's own (about 10 s), with the kinds of <c>config/crds</c>.</summary>
    public static async Task<ControlPlane> StartAsync(bool plain = false)
    {
        // A test is not the place for a build of many minutes, unless CI asks for it.
        var environment = new Dictionary<string, string?> { ["PODENGINE_NO_BUILD"] = MissingDependency.InCi ? null : "1" };
        var server = await EngServer.StartAsync("control-plane", plain ? ["--plain"] : [], environment);
        return await WithProductKindsAsync(new ControlPlane(server.Directory, server));
    }

    /// <summary>Installs or updates the CRDs of a folder and returns when their kinds are served.</summary>
    public async Task InstallCrdsAsync(string folder) =>
        (await Command.RunAsync(Script("install-crds.sh"), [Folder, folder])).Expect();

    /// <summary>Runs kubectl as the administrator.</summary>
    /// <param name="arguments">As on the command line.</param>
    /// <param name="standardInput">For <c>-f -</c>.</param>
    public Task<CommandResult> KubectlAsync(IEnumerable<string> arguments, string? standardInput = null) =>
        Command.RunAsync(
            _facts["KUBECTL"],
            ["--kubeconfig", KubeconfigPath, "--cache-dir", Path.Combine(Folder, "kubectl-cache"), .. arguments],
            standardInput,
            cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>An HTTP client that is the administrator, its base address the API server's (or the proxy's in front of it).</summary>
    public HttpClient CreateHttpClient(FaultProxy? proxy = null)
    {
        var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.ClientCertificates = [_clientCertificate];
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(_authorities);
        return new HttpClient(handler) { BaseAddress = proxy is null ? Address : new Uri($"https://127.0.0.1:{proxy.Port}/") };
    }

    /// <summary>A proxy in front of the API server; TLS passes through, and the server's certificate is valid for its address.</summary>
    public FaultProxy CreateProxy() => FaultProxy.Start("127.0.0.1", Port);

    /// <summary>Writes a kubeconfig that goes through a proxy of <see cref="CreateProxy"/>, and returns its path.</summary>
    public string KubeconfigVia(FaultProxy proxy)
    {
        var path = Path.Combine(Folder, $"kubeconfig-via-{proxy.Port}");
        File.WriteAllText(path, File.ReadAllText(KubeconfigPath).Replace($"https://127.0.0.1:{Port}", $"https://127.0.0.1:{proxy.Port}", StringComparison.Ordinal));
        return path;
    }

    /// <summary>The requests the API server has answered so far, oldest first; see <c>eng/control-plane/audit-policy.yaml</c> for which.</summary>
    public IReadOnlyList<AuditEntry> ReadAudit() => AuditEntry.ReadAll(Path.Combine(Folder, "audit.log"));

    /// <summary>Ends the API server of a control plane of one's own, gracefully; etcd goes on.</summary>
    public Task StopApiServerAsync() => ControlAsync("stop");

    /// <summary>Kills the API server with SIGKILL.</summary>
    public Task KillApiServerAsync() => ControlAsync("kill");

    /// <summary>Starts it again on the same port; returns when it is ready.</summary>
    public Task StartApiServerAgainAsync() => ControlAsync("start");

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    private static async Task<ControlPlane> StartSharedAsync(string variable, bool plain) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } directory
            ? await WithProductKindsAsync(new ControlPlane(directory, null))
            : await StartAsync(plain);

    private static async Task<ControlPlane> OrSkipAsync(Task<ControlPlane> start)
    {
        try
        {
            return await start;
        }
        catch (InvalidOperationException exception)
        {
            MissingDependency.SkipOrFail($"no control plane for tests: {exception.Message}");
            throw;
        }
    }

    private static async Task<ControlPlane> WithProductKindsAsync(ControlPlane plane)
    {
        var kinds = RepositoryRoot.File("config", "crds");
        if (Directory.Exists(kinds))
        {
            await plane.InstallCrdsAsync(kinds);
        }

        return plane;
    }

    private static string Script(string name) => RepositoryRoot.File("eng", "control-plane", name);

    private string Pki(string name) => Path.Combine(Folder, "pki", name);

    private async Task ControlAsync(string verb)
    {
        var server = _server ?? throw new InvalidOperationException("the shared API server cannot be taken away: use ControlPlane.StartAsync");
        (await Command.RunAsync(Script("apiserver.sh"), [server.Directory, verb])).Expect();
    }
}
