using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace PodEngine.Kubernetes.Client.Credentials;

/// <summary>
/// Reads kubeconfig files as kubectl does: of several, the first to name an entry wins; relative paths are relative to their file.
/// Exec plugins, auth providers and passwords are refused by name, because a silent anonymous request would be a riddle.
/// </summary>
internal static class KubeConfig
{
    /// <summary>The files a person's kubectl would read: those of <c>KUBECONFIG</c>, or <c>~/.kube/config</c>.</summary>
    public static IReadOnlyList<string> DefaultPaths()
    {
        var listed = Environment.GetEnvironmentVariable("KUBECONFIG");
        return string.IsNullOrWhiteSpace(listed)
            ? [Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kube", "config")]
            : listed.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>The connection that a context describes; the current one unless named.</summary>
    public static KubernetesConnection Load(IReadOnlyList<string> paths, string? contextName)
    {
        var files = paths.Where(File.Exists).Select(static path => (Path: path, File: Parse(path))).ToList();
        if (files.Count == 0)
        {
            throw new KubeConfigException(
                $"No kubeconfig found at {string.Join(", ", paths)}. Set KUBECONFIG to the file that leads to your cluster.");
        }

        var names = string.Join(", ", files.Select(static file => file.Path));
        contextName ??= files.Select(static file => file.File.CurrentContext).FirstOrDefault(static name => !string.IsNullOrEmpty(name))
            ?? throw new KubeConfigException($"No current-context in {names}. Choose one: kubectl config use-context <name>.");
        var context = files.SelectMany(static file => file.File.Contexts ?? []).FirstOrDefault(each => each.Name == contextName)?.Context
            ?? throw new KubeConfigException($"There is no context \"{contextName}\" in {names}. List them: kubectl config get-contexts.");
        var (clusterPath, cluster) = files.SelectMany(static file => (file.File.Clusters ?? []).Select(each => (file.Path, each)))
            .FirstOrDefault(found => found.each.Name == context.Cluster) is (var pathOfCluster, { Cluster: { } foundCluster })
            ? (pathOfCluster, foundCluster)
            : throw new KubeConfigException($"Context \"{contextName}\" names cluster \"{context.Cluster}\", which is not in {names}.");
        var (userPath, user) = files.SelectMany(static file => (file.File.Users ?? []).Select(each => (file.Path, each)))
            .FirstOrDefault(found => found.each.Name == context.User) is (var pathOfUser, { } foundUser)
            ? (pathOfUser, foundUser.User ?? new KubeConfigFile.User())
            : string.IsNullOrEmpty(context.User)
                ? (names, new KubeConfigFile.User())
                : throw new KubeConfigException($"Context \"{contextName}\" names user \"{context.User}\", which is not in {names}.");
        RefuseUnsupported(user, context.User, userPath);
        return Connect(contextName, context, cluster, clusterPath, user, userPath);
    }

    private static KubernetesConnection Connect(
        string contextName, KubeConfigFile.Context context, KubeConfigFile.Cluster cluster, string clusterPath, KubeConfigFile.User user, string userPath)
    {
        if (!Uri.TryCreate(cluster.Server, UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https"))
        {
            throw new KubeConfigException($"Cluster \"{context.Cluster}\" in {clusterPath} has no usable server address: \"{cluster.Server}\".");
        }

        return new KubernetesConnection
        {
            Server = server,
            Source = $"context \"{contextName}\" of {clusterPath}",
            Namespace = string.IsNullOrEmpty(context.Namespace) ? null : context.Namespace,
            CertificateAuthority = PemSource.From(
                cluster.CertificateAuthorityData, cluster.CertificateAuthority, clusterPath, $"certificate-authority of cluster \"{context.Cluster}\""),
            ClientCertificate = PemSource.From(
                user.ClientCertificateData, user.ClientCertificate, userPath, $"client-certificate of user \"{context.User}\""),
            ClientKey = PemSource.From(user.ClientKeyData, user.ClientKey, userPath, $"client-key of user \"{context.User}\""),
            Token = string.IsNullOrEmpty(user.Token) ? null : user.Token,
            TokenFile = string.IsNullOrEmpty(user.Token) ? PemSource.Resolve(user.TokenFile, userPath) : null,
            SkipTlsVerify = cluster.InsecureSkipTlsVerify,
            TlsServerName = string.IsNullOrEmpty(cluster.TlsServerName) ? null : cluster.TlsServerName,
            Proxy = string.IsNullOrEmpty(cluster.ProxyUrl) ? null : new Uri(cluster.ProxyUrl),
        };
    }

    private static void RefuseUnsupported(KubeConfigFile.User user, string? name, string path)
    {
        var means = user switch
        {
            { Exec: { } exec } => $"an exec plugin ({exec.Command})",
            { AuthProvider: { } provider } => $"an auth-provider ({provider.Name})",
            { Username: { Length: > 0 } } or { Password: { Length: > 0 } } => "a user name and password",
            { Impersonate: { Length: > 0 } } => "impersonation (as)",
            _ => null,
        };
        if (means is not null)
        {
            throw new KubeConfigException(
                $"User \"{name}\" in {path} signs in by {means}, which this client does not support. Use a context whose user has a client certificate, "
                + "a token or a tokenFile (kubectl create token <service account> prints one), or run in the cluster under a service account.");
        }
    }

    private static KubeConfigFile Parse(string path)
    {
        try
        {
            using var reader = File.OpenText(path);
            return new DeserializerBuilder().IgnoreUnmatchedProperties().Build().Deserialize<KubeConfigFile?>(reader) ?? new KubeConfigFile();
        }
        catch (YamlException fault)
        {
            throw new KubeConfigException($"{path} is not a kubeconfig: line {fault.Start.Line}: {fault.InnerException?.Message ?? fault.Message}", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new KubeConfigException($"{path} cannot be read: {fault.Message}", fault);
        }
    }
}
