namespace PodEngine.Kubernetes.Client.Credentials;

/// <summary>The way to the API server that every pod with a service account finds in its file system and environment.</summary>
internal static class InClusterConfig
{
    /// <summary>Where the kubelet mounts a pod's service account.</summary>
    public const string MountPath = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>Whether this process runs in a pod that may talk to the API server.</summary>
    public static bool IsPresent(string mountPath = MountPath) =>
        !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST")) && File.Exists(Path.Combine(mountPath, "token"));

    /// <summary>The pod's connection.</summary>
    public static KubernetesConnection Load(string mountPath = MountPath)
    {
        var host = Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST")
            ?? throw new KubeConfigException("KUBERNETES_SERVICE_HOST is not set: this process does not run in a pod.");
        var port = Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_PORT") is { Length: > 0 } given ? given : "443";
        var namespacePath = Path.Combine(mountPath, "namespace");
        return new KubernetesConnection
        {
            Server = new Uri($"https://{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{port}"),
            Source = "the pod's service account",
            Namespace = File.Exists(namespacePath) ? File.ReadAllText(namespacePath).Trim() : null,
            TokenFile = Path.Combine(mountPath, "token"),
            CertificateAuthority = PemSource.OfFile(Path.Combine(mountPath, "ca.crt"), "service account's certificate authority"),
        };
    }
}
