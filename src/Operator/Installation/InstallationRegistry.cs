using System.Security.Cryptography;
using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Objects;
using PodEngine.Kubernetes.Objects.Core;

namespace PodEngine.Operator.Installation;

/// <summary>
/// Keeps the installation's UUID in a ConfigMap of the operator's namespace: made when absent, never changed, so that a database that
/// several clusters share tells their rows apart.
/// </summary>
internal sealed partial class InstallationRegistry(KubernetesClient client, string podNamespace, Guid? given, TimeProvider time, ILogger<InstallationRegistry> logger)
{
    /// <summary>Name of the ConfigMap.</summary>
    public const string ConfigMapName = "podengine-installation";

    /// <summary>Its key.</summary>
    public const string Key = "installationId";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    /// <summary>The UUID given by the settings, or else the one kept; waits for an API server that is away or a namespace that is missing.</summary>
    public async Task<Guid> EnsureAsync(CancellationToken cancellationToken)
    {
        if (given is { } known)
        {
            return known;
        }

        for (string? said = null; ;)
        {
            try
            {
                return await ReadOrCreateAsync(cancellationToken);
            }
            catch (Exception fault) when (fault is KubernetesException or KubernetesUnreachableException or FormatException)
            {
                var advice = Explain(fault);
                if (said != advice)
                {
                    Log.NotKnown(logger, advice);
                    said = advice;
                }

                await Task.Delay(Pause * (0.75 + (RandomNumberGenerator.GetInt32(50) / 100.0)), time, cancellationToken);
            }
        }
    }

    private async Task<Guid> ReadOrCreateAsync(CancellationToken cancellationToken)
    {
        var key = new ResourceKey(podNamespace, ConfigMapName);
        if (await client.FindAsync(BuiltIn.ConfigMaps, key, cancellationToken) is { } found)
        {
            return Guid.TryParseExact(found.Data?.GetValueOrDefault(Key), "D", out var id) && id != Guid.Empty
                ? id
                : throw new FormatException(
                    $"ConfigMap {key} holds no UUID under {Key}. Put the installation's UUID back (rows in the database carry it), or delete the ConfigMap to begin a new installation.");
        }

        var made = Guid.NewGuid();
        try
        {
            await client.CreateAsync(BuiltIn.ConfigMaps, New(made), cancellationToken);
            Log.Made(logger, made, key);
            return made;
        }
        catch (KubernetesException refusal) when (refusal.IsAlreadyExists)
        {
            return await ReadOrCreateAsync(cancellationToken);
        }
    }

    private ConfigMap New(Guid id) => new()
    {
        Metadata = new ObjectMeta
        {
            Name = ConfigMapName,
            Namespace = podNamespace,
            Labels = new Dictionary<string, string> { ["app.kubernetes.io/part-of"] = "pod-engine", ["app.kubernetes.io/managed-by"] = "podengine-operator" },
        },
        Data = new Dictionary<string, string> { [Key] = id.ToString("D") },
    };

    private string Explain(Exception fault) => fault is KubernetesException { IsNotFound: true }
        ? $"Namespace {podNamespace} does not exist, so the installation's id cannot be kept there. Create it (kubectl create namespace {podNamespace}), or set POD_NAMESPACE."
        : fault.Message;

    private static partial class Log
    {
        [LoggerMessage(Hosting.EventIds.Installation, LogLevel.Warning, "The installation's id is not known yet: {Advice} Trying again every few seconds.")]
        public static partial void NotKnown(ILogger logger, string advice);

        [LoggerMessage(Hosting.EventIds.Installation + 1, LogLevel.Information, "This is a new installation: {InstallationId}, kept in ConfigMap {ConfigMap}.")]
        public static partial void Made(ILogger logger, Guid installationId, ResourceKey configMap);
    }
}
