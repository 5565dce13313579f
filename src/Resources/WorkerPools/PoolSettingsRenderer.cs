using PodEngine.Resources.InferenceEndpoints;
using PodEngine.Shared.Pools;
using PodEngine.Shared.Products;

namespace PodEngine.Resources.WorkerPools;

/// <summary>
/// What the workers of a pool are told, from the pool and the endpoint that draws its pictures. Holds no secret, and nothing of pausing: what is told
/// here is part of the pods, so that they would be replaced whenever it changes.
/// </summary>
public static class PoolSettingsRenderer
{
    /// <summary>The settings of a pool.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="installationId">The installation it belongs to.</param>
    /// <param name="endpoint">The InferenceEndpoint that <c>spec.providers.runPod</c> names; null where it names none.</param>
    /// <param name="storageFolder">Where a filesystem claim is mounted.</param>
    public static PoolSettings Render(WorkerPool pool, Guid installationId, InferenceEndpoint? endpoint, string storageFolder)
    {
        var providers = pool.Spec.Providers;
        return new PoolSettings
        {
            InstallationId = installationId,
            Namespace = pool.Metadata.Namespace!,
            Pool = pool.Metadata.Name!,
            Concurrency = pool.Spec.Concurrency,
            DrainSeconds = pool.Spec.DrainSeconds,
            ClaudeBaseUrl = Address(providers.Claude?.BaseUrl),
            ComfyUiUrls = [.. (providers.ComfyUI?.Urls ?? []).Select(static url => new Uri(url))],
            RunPod = endpoint is null ? null : new RunPodTarget(endpoint.Spec.EndpointId, Address(providers.RunPod?.BaseUrl ?? endpoint.Spec.BaseUrl)),
            Storage = Storage(providers.Storage, storageFolder),
            PrintifyBaseUrl = Address(providers.Printify?.BaseUrl),
            PrintifyShopId = providers.Printify?.ShopId,
            Platforms = [.. (providers.Platforms ?? []).Select(static platform => new PlatformTarget(platform.Name, platform.ShopId))],
            Webhooks = [.. (providers.Webhooks ?? []).Select(static hook => new WebhookTarget(hook.Name, new Uri(hook.Url), hook.SecretKey))],
        };
    }

    private static StorageSettings Storage(StorageSpec storage, string folder) => storage.S3 is { } s3
        ? new StorageSettings
        {
            S3 = new S3Settings
            {
                Bucket = s3.Bucket,
                Region = s3.Region,
                Endpoint = Address(s3.BaseUrl),
                Prefix = s3.Prefix ?? "",
                PathStyle = s3.Addressing == S3Addressing.Path,
            },
        }
        : new StorageSettings { FilesystemPath = folder };

    private static Uri? Address(string? text) => text is null ? null : new Uri(text);
}
