using PodEngine.Kubernetes.Client.Credentials;

namespace PodEngine.Kubernetes.Client;

/// <summary>Where the API server is and how to sign in there.</summary>
public sealed record KubernetesConnection
{
    /// <summary>Address of the API server; may have a path.</summary>
    public required Uri Server { get; init; }

    /// <summary>Where this came from, for messages: a kubeconfig's context or the pod's service account.</summary>
    public string Source { get; init; } = "the given connection";

    /// <summary>The namespace of the context or pod, if it has one.</summary>
    public string? Namespace { get; init; }

    /// <summary>A fixed bearer token.</summary>
    public string? Token { get; init; }

    /// <summary>A file with a bearer token; read again every minute.</summary>
    public string? TokenFile { get; init; }

    /// <summary>Whether the server's certificate is taken unchecked.</summary>
    public bool SkipTlsVerify { get; init; }

    /// <summary>The name the server's certificate must have, where it is not the address's.</summary>
    public string? TlsServerName { get; init; }

    /// <summary>An HTTP proxy on the way; without it the environment's applies.</summary>
    public Uri? Proxy { get; init; }

    internal PemSource? CertificateAuthority { get; init; }

    internal PemSource? ClientCertificate { get; init; }

    internal PemSource? ClientKey { get; init; }

    /// <summary>
    /// The connection a program should use, in controller-runtime's order: the given file, the files of <c>KUBECONFIG</c>,
    /// the pod's service account, <c>~/.kube/config</c>.
    /// </summary>
    /// <param name="kubeConfigPath">A kubeconfig file; null to look for one.</param>
    /// <param name="context">A context of it; null for the current one.</param>
    /// <exception cref="KubeConfigException">Nothing usable is configured; the message says what to change.</exception>
    public static KubernetesConnection Discover(string? kubeConfigPath = null, string? context = null)
    {
        var isNamed = kubeConfigPath is not null || context is not null || !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable("KUBECONFIG"));
        return !isNamed && InClusterConfig.IsPresent()
            ? InClusterConfig.Load()
            : KubeConfig.Load(kubeConfigPath is null ? KubeConfig.DefaultPaths() : [kubeConfigPath], context);
    }

    /// <summary>The connection of one kubeconfig file.</summary>
    /// <exception cref="KubeConfigException">The file is unusable; the message says what to change.</exception>
    public static KubernetesConnection FromKubeConfig(string path, string? context = null) => KubeConfig.Load([path], context);
}
