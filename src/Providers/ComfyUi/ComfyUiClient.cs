using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using PodEngine.Providers.Http;
using PodEngine.Shared.Faults;

namespace PodEngine.Providers.ComfyUi;

/// <summary>One ComfyUI server.</summary>
/// <remarks>
/// A server draws one prompt at a time, keeps queue and history in memory alone, and queues the same prompt id twice without a word. So the
/// caller chooses the id, and after a lost answer looks it up (<see cref="FindAsync"/>) before queueing again; a prompt that a restart
/// forgot is <see cref="PromptState.Unknown"/>.
/// </remarks>
public sealed class ComfyUiClient : IDisposable
{
    internal const string Provider = "comfyui";

    private const int MaxQueueBytes = 64 * 1024 * 1024;

    private readonly ComfyUiSettings _settings;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ProviderHttp _http;
    private volatile bool _lacksJobRoutes;

    /// <summary>A client of one server; it opens no connection before the first call.</summary>
    /// <param name="server">Address, with or without a path.</param>
    /// <param name="settings">Bounds and habits.</param>
    /// <param name="services">Clock and logs.</param>
    public ComfyUiClient(Uri server, ComfyUiSettings settings, ProviderServices services)
    {
        Server = server;
        _settings = settings;
        _time = services.Time;
        _logger = services.Logs.CreateLogger("PodEngine.Providers.comfyui");
        _http = new(Provider, server, settings.Limits, services, (call, reply, _) => ComfyUiFaults.OfStatus(call, reply, services.Time));
    }

    /// <summary>The server's address.</summary>
    public Uri Server { get; }

    /// <summary>Longest time one HTTP call takes, its tries included.</summary>
    public TimeSpan CallTimeout => _settings.Limits.CallTimeout;

    /// <summary>Hands a workflow to the server.</summary>
    /// <param name="workflow">Workflow in API format.</param>
    /// <param name="promptId">A lower-case UUID of our own, by which the prompt is found again after a lost answer.</param>
    /// <param name="clientId">Receiver of progress messages; null for <paramref name="promptId"/>, where <see cref="WaitAsync"/> listens.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="ProviderException">
    /// <c>WorkflowFailed</c> or <c>CheckpointUnknown</c> (with the checkpoints there are) when the server refuses it, both permanent.
    /// </exception>
    public async Task<QueuedPrompt> QueueAsync(JsonObject workflow, string promptId, string? clientId, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["prompt"] = workflow.DeepClone(), ["prompt_id"] = promptId, ["client_id"] = clientId ?? promptId };
        try
        {
            return await SendAsync(
                ProviderCall.Effect("queue-prompt"),
                HttpMethod.Post,
                "prompt",
                body,
                reply =>
                {
                    var answer = JsonAnswer.ReadObject(reply.Body);
                    string id = answer.Text("prompt_id") ?? throw new JsonException("There is no prompt_id.");
                    return new QueuedPrompt(Server, id, ComfyUiFaults.NodeFaults(answer.Member("node_errors")));
                },
                cancellationToken);
        }
        catch (ProviderException refused) when (refused.Fault.Code == FaultCodes.CheckpointUnknown)
        {
            throw ComfyUiFaults.WithCheckpoints(refused, CheckpointOf(workflow), await ListCheckpointsAsync(cancellationToken));
        }
    }

    /// <summary>Looks a prompt up in history and queue.</summary>
    public async Task<PromptState> FindAsync(string promptId, CancellationToken cancellationToken) =>
        await AskHistoryAsync(promptId, cancellationToken)
        ?? await AskQueueAsync(promptId, cancellationToken)
        // It may have ended between the two questions.
        ?? await AskHistoryAsync(promptId, cancellationToken)
        ?? new PromptState.Unknown();

    /// <summary>
    /// Waits until the prompt is final, or forgotten. Give it a deadline by its token. A server away for less than
    /// <see cref="ComfyUiSettings.OutagePatience"/> is waited for.
    /// </summary>
    /// <param name="promptId">Id as answered by <see cref="QueueAsync"/>.</param>
    /// <param name="progress">Told of progress; null for nobody.</param>
    /// <param name="cancellationToken">Stops the waiting, not the prompt.</param>
    public async Task<PromptState> WaitAsync(string promptId, IProgress<PromptProgress>? progress, CancellationToken cancellationToken)
    {
        await using var listener = _settings.UseWebSocket ? new ProgressListener(Server, promptId, progress, _settings, _time, _logger) : null;
        long lastAnswer = _time.GetTimestamp();
        while (true)
        {
            try
            {
                var state = await FindAsync(promptId, cancellationToken);
                if (state.IsFinal)
                {
                    return state;
                }

                lastAnswer = _time.GetTimestamp();
            }
            catch (ProviderException away) when (away.Fault.Retryable && _time.GetElapsedTime(lastAnswer) < _settings.OutagePatience)
            {
                _logger.StillWaiting(Server, promptId, away.Fault.Message);
            }

            await (listener?.WaitAsync(_settings.PollInterval, cancellationToken) ?? Task.Delay(_settings.PollInterval, _time, cancellationToken));
        }
    }

    /// <summary>Fetches a picture.</summary>
    public Task<ReadOnlyMemory<byte>> GetImageAsync(ComfyUiImage image, CancellationToken cancellationToken) => SendAsync(
        ProviderCall.Read("get-image") with { MaxAnswerBytes = _settings.MaxImageBytes },
        HttpMethod.Get,
        $"view?filename={Uri.EscapeDataString(image.FileName)}&subfolder={Uri.EscapeDataString(image.Subfolder)}&type={Uri.EscapeDataString(image.Type)}",
        null,
        reply => reply.ContentType is null or "application/octet-stream" || reply.ContentType.StartsWith("image/", StringComparison.OrdinalIgnoreCase)
            ? reply.Body
            : throw new FormatException($"a picture was asked for, {reply.ContentType} came"),
        cancellationToken);

    /// <summary>Takes the prompt out of the queue or stops it; harmless when it is neither waiting nor running.</summary>
    public async Task CancelAsync(string promptId, CancellationToken cancellationToken)
    {
        if (!_lacksJobRoutes && await CancelAsJobAsync(promptId, cancellationToken))
        {
            return;
        }

        await EffectAsync("cancel-queued", "queue", new() { ["delete"] = new JsonArray(promptId) }, cancellationToken);

        // Old servers overlook the id and stop whatever runs: ask first.
        if (await FindAsync(promptId, cancellationToken) is PromptState.Running)
        {
            await EffectAsync("interrupt", "interrupt", new() { ["prompt_id"] = promptId }, cancellationToken);
        }
    }

    /// <summary>Prompts waiting and running.</summary>
    public Task<int> GetQueueDepthAsync(CancellationToken cancellationToken) => SendAsync(
        ProviderCall.Read("queue-depth"),
        HttpMethod.Get,
        "prompt",
        null,
        reply => (int)(JsonAnswer.ReadObject(reply.Body).Member("exec_info")?.Number("queue_remaining") ?? throw new JsonException("There is no queue_remaining.")),
        cancellationToken);

    /// <summary>Version and devices.</summary>
    public Task<ComfyUiStats> GetSystemStatsAsync(CancellationToken cancellationToken) => SendAsync(
        ProviderCall.Read("system-stats"),
        HttpMethod.Get,
        "system_stats",
        null,
        reply =>
        {
            var answer = JsonAnswer.ReadObject(reply.Body);
            var devices = answer.Member("devices") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : default;
            return new ComfyUiStats(
                answer.Member("system")?.Text("comfyui_version"),
                [.. devices.Select(device => new ComfyUiDevice(
                    device.Text("name") ?? "", device.Text("type") ?? "", device.Number("vram_total") ?? 0, device.Number("vram_free") ?? 0))]);
        },
        cancellationToken);

    /// <summary>File names of the installed checkpoints.</summary>
    public Task<IReadOnlyList<string>> ListCheckpointsAsync(CancellationToken cancellationToken) => SendAsync(
        ProviderCall.Read("list-checkpoints"),
        HttpMethod.Get,
        "object_info/CheckpointLoaderSimple",
        null,
        reply => Checkpoints(JsonAnswer.ReadObject(reply.Body)),
        cancellationToken);

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    /// <summary>The first input of the loader: a list of names, or (newer builds) the word COMBO and the list among its options.</summary>
    private static IReadOnlyList<string> Checkpoints(JsonElement answer)
    {
        var spec = answer.Member("CheckpointLoaderSimple")?.Member("input")?.Member("required")?.Member("ckpt_name");
        if (spec is not { ValueKind: JsonValueKind.Array } parts || parts.GetArrayLength() == 0)
        {
            return [];
        }

        var names = parts[0].ValueKind == JsonValueKind.Array ? parts[0] : parts.GetArrayLength() > 1 ? parts[1].Member("options") ?? default : default;
        return names.ValueKind == JsonValueKind.Array ? [.. names.EnumerateArray().Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()!)] : [];
    }

    private static string? CheckpointOf(JsonObject workflow) => workflow
        .Select(node => (node.Value as JsonObject)?["inputs"]?["ckpt_name"])
        .OfType<JsonValue>()
        .FirstOrDefault()?
        .ToString();

    private Task<PromptState?> AskHistoryAsync(string promptId, CancellationToken cancellationToken) => SendAsync(
        ProviderCall.Read("get-history"),
        HttpMethod.Get,
        $"history/{Uri.EscapeDataString(promptId)}",
        null,
        reply => PromptReader.FromHistory(JsonAnswer.ReadObject(reply.Body), promptId),
        cancellationToken);

    private Task<PromptState?> AskQueueAsync(string promptId, CancellationToken cancellationToken) => SendAsync(
        ProviderCall.Read("get-queue") with { MaxAnswerBytes = MaxQueueBytes },
        HttpMethod.Get,
        "queue",
        null,
        reply => PromptReader.FromQueue(JsonAnswer.ReadObject(reply.Body), promptId),
        cancellationToken);

    /// <summary>Newer servers cancel waiting and running prompts by one safe route. False when this one has none.</summary>
    private async Task<bool> CancelAsJobAsync(string promptId, CancellationToken cancellationToken)
    {
        try
        {
            await EffectAsync("cancel-job", $"api/jobs/{Uri.EscapeDataString(promptId)}/cancel", new(), cancellationToken);
            return true;
        }
        catch (ProviderException absent) when (absent.StatusCode is (int)HttpStatusCode.NotFound or (int)HttpStatusCode.MethodNotAllowed)
        {
            _lacksJobRoutes = true;
            return false;
        }
    }

    /// <summary>A change that may be made twice and answers nothing of interest.</summary>
    private Task<bool> EffectAsync(string operation, string path, JsonObject body, CancellationToken cancellationToken) =>
        SendAsync(ProviderCall.Idempotent(operation), HttpMethod.Post, path, body, _ => true, cancellationToken);

    private Task<T> SendAsync<T>(
        ProviderCall call, HttpMethod method, string path, JsonObject? body, Func<ProviderReply, T> read, CancellationToken cancellationToken)
    {
        byte[]? bytes = body is null ? null : JsonSerializer.SerializeToUtf8Bytes(body);
        return _http.SendAsync(
            call,
            () =>
            {
                var request = new HttpRequestMessage(method, path);
                if (bytes is not null)
                {
                    request.Content = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
                }

                return request;
            },
            read,
            key: null,
            cancellationToken);
    }
}
