using System.Runtime.CompilerServices;
using System.Text.Json;
using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Objects;

namespace PodEngine.Kubernetes.Watching;

/// <summary>
/// Reads a whole list page by page, all as of one moment. A list too slow for the time the API server keeps that moment is begun again
/// without pages, as client-go does; an object that cannot be read is told of and does not hide its neighbours.
/// </summary>
internal sealed class PageReader<T>(KubernetesClient client, ResourceType<T> type, ListRequest request)
    where T : KubernetesObject
{
    /// <summary>The moment of the list; known once it has been read.</summary>
    public string ResourceVersion { get; private set; } = "";

    public async IAsyncEnumerable<ListPage<T>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? next = null;
        var limit = client.PageSize;
        do
        {
            ListPage<T> page;
            try
            {
                page = await ReadPageAsync(next, limit, cancellationToken);
            }
            catch (KubernetesException refusal) when (refusal.IsExpired && next is not null)
            {
                (next, limit) = (null, 0);
                page = await ReadPageAsync(next, limit, cancellationToken);
            }

            ResourceVersion = page.Metadata.ResourceVersion
                ?? throw new InvalidDataException($"list {type}: the API server gave no resource version.");
            yield return page;
            next = page.Metadata.Continue;
        }
        while (!string.IsNullOrEmpty(next));
    }

    private async Task<ListPage<T>> ReadPageAsync(string? next, int limit, CancellationToken cancellationToken)
    {
        try
        {
            var page = await client.ListPageAsync(type, request, next, limit, cancellationToken);
            return new ListPage<T>(page.Metadata, page.Items, [], next is null);
        }
        catch (JsonException)
        {
            var raw = await client.ListRawPageAsync(type, request, next, limit, cancellationToken);
            List<T> items = [];
            List<(ResourceKey, JsonException)> unreadable = [];
            foreach (var item in raw.Items)
            {
                Sort(item, items, unreadable);
            }

            return new ListPage<T>(raw.Metadata, items, unreadable, next is null);
        }
    }

    private void Sort(JsonElement item, List<T> items, List<(ResourceKey, JsonException)> unreadable)
    {
        try
        {
            items.Add(item.Deserialize(type.Json) ?? throw new JsonException("the object is null"));
        }
        catch (JsonException fault)
        {
            unreadable.Add((item.Deserialize(KubernetesJson.Default.PartialObject)?.Key() ?? default, fault));
        }
    }
}
