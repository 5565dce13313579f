using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using PodEngine.Kubernetes.Objects;
using PodEngine.Kubernetes.Watching;

namespace PodEngine.Kubernetes.Client;

/// <summary>
/// A typed client of the API server. A refusal is a <see cref="KubernetesException"/>, no answer a <see cref="KubernetesUnreachableException"/>.
/// Whole objects are never replaced: records here know only some fields, and a PUT would erase the others. Safe for use by many threads.
/// </summary>
public sealed class KubernetesClient : IDisposable
{
    private readonly ApiChannel channel;
    private readonly KubernetesClientOptions options;
    private readonly TimeProvider time;
    private readonly bool isGuarded;

    /// <summary>A client for a connection; nothing is sent until the first call.</summary>
    /// <exception cref="Credentials.KubeConfigException">The connection's certificates cannot be read.</exception>
    public KubernetesClient(KubernetesConnection connection, TimeProvider time, KubernetesClientOptions? options = null)
    {
        this.options = options ?? new KubernetesClientOptions();
        this.time = time;
        channel = new ApiChannel(connection, this.options, time);
    }

    private KubernetesClient(KubernetesClient shared, Func<bool> mayWrite)
    {
        (options, time, isGuarded) = (shared.options, shared.time, true);
        channel = shared.channel.Guarded(mayWrite);
    }

    /// <summary>Where this client's requests go.</summary>
    public KubernetesConnection Connection => channel.Connection;

    /// <summary>
    /// A client that asks <paramref name="mayWrite"/> immediately before each write is sent, and before each repeat anew: for what only a
    /// leader may write. Where it says no, nothing is sent and the call throws <see cref="WriteWithheldException"/>. Reads are not asked for.
    /// </summary>
    /// <remarks>
    /// It uses this client's connections: disposing it does nothing, and this client is to be disposed last. The guard narrows the time in
    /// which a frozen leader can still write to that between the question and the send; what must not be accepted even then carries a
    /// <see cref="Precondition"/>.
    /// </remarks>
    public KubernetesClient Guarded(Func<bool> mayWrite) => new(this, mayWrite);

    /// <summary>Reads an object.</summary>
    public Task<T> GetAsync<T>(ResourceType<T> type, ResourceKey key, CancellationToken cancellationToken)
        where T : KubernetesObject =>
        channel.SendAsync(Call(HttpMethod.Get, "get", type, key), type.Json, cancellationToken);

    /// <summary>Reads an object that may be missing: null then. That its whole kind is missing is a <see cref="KubernetesException"/> all the same.</summary>
    public async Task<T?> FindAsync<T>(ResourceType<T> type, ResourceKey key, CancellationToken cancellationToken)
        where T : KubernetesObject
    {
        try
        {
            return await GetAsync(type, key, cancellationToken);
        }
        catch (KubernetesException refusal) when (refusal is { IsNotFound: true, IsKindMissing: false })
        {
            return null;
        }
    }

    /// <summary>Reads every object that fits, page by page, all as of one moment.</summary>
    public async Task<IReadOnlyList<T>> ListAsync<T>(ResourceType<T> type, ListRequest request, CancellationToken cancellationToken)
        where T : KubernetesObject
    {
        List<T> items = [];
        await foreach (var page in ListPagesAsync(type, request, cancellationToken))
        {
            items.AddRange(page.Items);
        }

        return items;
    }

    /// <summary>
    /// Reads the pages of a list, all as of one moment. A list that takes longer than the API server keeps that moment (about five
    /// minutes) ends in a <see cref="KubernetesException"/> that <see cref="KubernetesException.IsExpired"/>.
    /// </summary>
    public async IAsyncEnumerable<KubernetesList<T>> ListPagesAsync<T>(
        ResourceType<T> type, ListRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : KubernetesObject
    {
        string? next = null;
        do
        {
            var page = await channel.SendAsync(ListCall(type, request, next, options.PageSize), type.ListJson, cancellationToken);
            yield return page;
            next = page.Metadata.Continue;
        }
        while (!string.IsNullOrEmpty(next));
    }

    /// <summary>
    /// Streams changes after a resource version until the server ends the stream, it falls silent, or the caller cancels. It is one
    /// connection: an informer is what keeps a collection current.
    /// </summary>
    /// <exception cref="KubernetesException">Refused, or an error in the stream; <see cref="KubernetesException.IsExpired"/> asks for a new list.</exception>
    public IAsyncEnumerable<WatchEvent<T>> WatchAsync<T>(ResourceType<T> type, WatchRequest request, CancellationToken cancellationToken)
        where T : KubernetesObject =>
        WatchStream.ReadAsync(channel, type, request, time, static () => { }, cancellationToken);

    /// <summary>Creates an object and returns it as stored.</summary>
    public Task<T> CreateAsync<T>(ResourceType<T> type, T created, CancellationToken cancellationToken)
        where T : KubernetesObject
    {
        if (type.IsNamespaced && string.IsNullOrEmpty(created.Metadata.Namespace))
        {
            throw new ArgumentException($"One of {type} needs a namespace.", nameof(created));
        }

        var call = new ApiCall(HttpMethod.Post, "create", $"{type} {created.Key()}", ResourceAddress.WithQuery(
            ResourceAddress.OfCollection(type, created.Metadata.Namespace), ("fieldManager", options.FieldManager)));
        return channel.SendAsync(call.With(created, type.Json), type.Json, cancellationToken);
    }

    /// <summary>
    /// Server-side apply: the fields given become <paramref name="fieldManager"/>'s, fields it gave before and leaves out now are removed.
    /// Without <paramref name="force"/> a field of another manager is a <see cref="KubernetesException.IsFieldConflict"/>.
    /// </summary>
    public Task<T> ApplyAsync<T>(ResourceType<T> type, T applied, string fieldManager, bool force, CancellationToken cancellationToken)
        where T : KubernetesObject
    {
        var path = ResourceAddress.WithQuery(
            ResourceAddress.OfObject(type, applied.Key()), ("fieldManager", fieldManager), ("force", force ? "true" : null));
        var call = new ApiCall(HttpMethod.Patch, "apply", $"{type} {applied.Key()}", path);
        return channel.SendAsync(call.With(applied, type.Json, ApiCall.ApplyPatch), type.Json, cancellationToken);
    }

    /// <summary>JSON merge patch (RFC 7396) of the object outside its status.</summary>
    public Task<T> PatchAsync<T>(
        ResourceType<T> type, ResourceKey key, JsonObject patch, Precondition precondition, CancellationToken cancellationToken)
        where T : KubernetesObject =>
        SendPatchAsync(type, key, null, patch, precondition, cancellationToken);

    /// <summary>JSON merge patch of the status subresource; <paramref name="status"/> is the patch of <c>status</c> itself.</summary>
    public Task<T> PatchStatusAsync<T>(
        ResourceType<T> type, ResourceKey key, JsonObject status, Precondition precondition, CancellationToken cancellationToken)
        where T : KubernetesObject =>
        SendPatchAsync(type, key, "status", new JsonObject { ["status"] = status.DeepClone() }, precondition, cancellationToken);

    /// <summary>Deletes an object. What was already gone, or is another object than the precondition's, is a <see cref="KubernetesException"/>.</summary>
    public async Task DeleteAsync<T>(
        ResourceType<T> type, ResourceKey key, Precondition precondition, Propagation propagation, CancellationToken cancellationToken)
        where T : KubernetesObject
    {
        var body = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "DeleteOptions",
            ["propagationPolicy"] = propagation.ToString(),
        };
        var conditions = new JsonObject();
        if (precondition.Uid is { } uid)
        {
            conditions["uid"] = uid;
        }

        if (precondition.ResourceVersion is { } version)
        {
            conditions["resourceVersion"] = version;
        }

        if (conditions.Count > 0)
        {
            body["preconditions"] = conditions;
        }

        // The answer is the object or a Status, as the kind pleases.
        await channel.SendAsync(
            Call(HttpMethod.Delete, "delete", type, key).With(body, "application/json"), KubernetesJson.Default.JsonElement, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!isGuarded)
        {
            channel.Dispose();
        }
    }

    /// <summary>One page as raw items, so that one unreadable object does not hide the rest.</summary>
    internal Task<KubernetesRawList> ListRawPageAsync<T>(
        ResourceType<T> type, ListRequest request, string? next, int limit, CancellationToken cancellationToken)
        where T : KubernetesObject =>
        channel.SendAsync(ListCall(type, request, next, limit), KubernetesJson.Default.KubernetesRawList, cancellationToken);

    /// <summary>One page of a list; <paramref name="limit"/> 0 asks for everything at once.</summary>
    internal Task<KubernetesList<T>> ListPageAsync<T>(
        ResourceType<T> type, ListRequest request, string? next, int limit, CancellationToken cancellationToken)
        where T : KubernetesObject =>
        channel.SendAsync(ListCall(type, request, next, limit), type.ListJson, cancellationToken);

    /// <summary>A watch that tells of each byte's arrival.</summary>
    internal IAsyncEnumerable<WatchEvent<T>> WatchAsync<T>(
        ResourceType<T> type, WatchRequest request, Action contact, CancellationToken cancellationToken)
        where T : KubernetesObject =>
        WatchStream.ReadAsync(channel, type, request, time, contact, cancellationToken);

    internal int PageSize => options.PageSize;

    private Task<T> SendPatchAsync<T>(
        ResourceType<T> type, ResourceKey key, string? subresource, JsonObject patch, Precondition precondition, CancellationToken cancellationToken)
        where T : KubernetesObject
    {
        var body = (JsonObject)patch.DeepClone();
        precondition.AddTo(body);
        var path = ResourceAddress.WithQuery(ResourceAddress.OfObject(type, key, subresource), ("fieldManager", options.FieldManager));
        var call = new ApiCall(HttpMethod.Patch, subresource is null ? "patch" : $"patch {subresource} of", $"{type} {key}", path);
        return channel.SendAsync(call.With(body, ApiCall.MergePatch), type.Json, cancellationToken);
    }

    private static ApiCall ListCall<T>(ResourceType<T> type, ListRequest request, string? next, int limit)
        where T : KubernetesObject
    {
        var path = ResourceAddress.WithQuery(
            ResourceAddress.OfCollection(type, request.Namespace),
            ("labelSelector", request.LabelSelector),
            ("fieldSelector", request.FieldSelector),
            ("limit", limit > 0 ? limit.ToString(System.Globalization.CultureInfo.InvariantCulture) : null),
            ("continue", next));
        return new ApiCall(HttpMethod.Get, "list", type.ToString(), path);
    }

    private static ApiCall Call<T>(HttpMethod method, string verb, ResourceType<T> type, ResourceKey key)
        where T : KubernetesObject =>
        new(method, verb, $"{type} {key}", ResourceAddress.OfObject(type, key));
}
