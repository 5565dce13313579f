using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using PodEngine.Pipeline.Purchases;
using PodEngine.Providers.ComfyUi;
using PodEngine.Providers.Http;
using PodEngine.Shared.Faults;

namespace PodEngine.Pipeline.Images;

/// <summary>
/// Draws on ComfyUI servers. An order keeps its UUID as the server's prompt id, so a lost answer is looked up in queue and history; old servers give an
/// id of their own, and there a lost answer cannot be found.
/// </summary>
/// <param name="fleet">The pool's servers.</param>
/// <param name="time">Measures GPU time.</param>
public sealed class ComfyUiImageGenerator(ComfyUiFleet fleet, TimeProvider time) : IImageGenerator
{
    private static readonly string EngineVersion = typeof(ComfyUiImageGenerator).Assembly.GetName().Version?.ToString(3) ?? "0";

    /// <inheritdoc />
    public TimeSpan SubmitDeadline => fleet.CallTimeout;

    /// <inheritdoc />
    public async Task<string> SubmitAsync(PictureOrder order, CancellationToken cancellationToken)
    {
        var queued = await fleet.QueueAsync(Workflow(order), order.OrderId, cancellationToken);
        return WorkId(queued.Server, queued.PromptId);
    }

    /// <inheritdoc />
    public async Task<string?> FindAsync(PictureOrder order, CancellationToken cancellationToken)
    {
        var located = await fleet.FindAsync(order.OrderId, cancellationToken);
        return located is null or { State: PromptState.Unknown } ? null : WorkId(located.Client.Server, order.OrderId);
    }

    /// <inheritdoc />
    public async Task<DrawnPicture?> WaitAsync(PictureOrder order, string workId, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var (client, promptId) = Locate(workId);
        if (client is null)
        {
            return null;
        }

        var clock = new DrawingClock(time, order.Settings.Steps ?? 20, progress);
        var state = await client.WaitAsync(promptId, clock, cancellationToken);
        return state switch
        {
            PromptState.Finished { Images: [var image, ..] } => await DrawnAsync(order, client, promptId, image, clock.Millis, cancellationToken),
            PromptState.Finished => throw Failed("The workflow ended without saving a picture: give it a SaveImage node.", FaultClass.Configuration, retryable: false),
            PromptState.Failed failed => throw Failed($"ComfyUI failed at node {failed.NodeId} ({failed.NodeType}): {failed.Message}", FaultClass.Provider, retryable: true),
            PromptState.Interrupted => throw Failed("Somebody stopped the drawing on the ComfyUI server.", FaultClass.Provider, retryable: true),
            _ => null,
        };
    }

    /// <inheritdoc />
    public async Task CancelAsync(string workId, CancellationToken cancellationToken)
    {
        var (client, promptId) = Locate(workId);
        if (client is not null)
        {
            await client.CancelAsync(promptId, cancellationToken);
        }
    }

    /// <inheritdoc />
    public async Task<ReadOnlyMemory<byte>?> FetchAsync(DrawnPicture picture, CancellationToken cancellationToken)
    {
        var source = PurchaseJson.Read(picture.Source, PurchaseJson.Default.ComfyUiSource);
        var client = fleet.Get(source.Server);
        if (client is null)
        {
            return null;
        }

        try
        {
            return await client.GetImageAsync(source.Image, cancellationToken);
        }
        catch (ProviderException gone) when (gone.StatusCode == 404)
        {
            return null;
        }
    }

    private static async Task<DrawnPicture> DrawnAsync(PictureOrder order, ComfyUiClient client, string promptId, ComfyUiImage image, long millis, CancellationToken cancellationToken)
    {
        var drawing = Drawing(order);
        var workflow = Workflow(order).ToJsonString();
        return new DrawnPicture
        {
            Source = PurchaseJson.Write(new ComfyUiSource(client.Server, image), PurchaseJson.Default.ComfyUiSource),
            GpuMillis = millis,
            Provenance = new PictureProvenance
            {
                Backend = "comfyui",
                Server = client.Server.ToString(),
                ServerVersion = await VersionAsync(client, cancellationToken),
                EngineVersion = EngineVersion,
                RemoteId = promptId,
                Checkpoint = drawing.Checkpoint ?? (order.Settings.WorkflowKey is null ? SdxlWorkflow.DefaultCheckpoint : null),
                WorkflowKey = order.Settings.WorkflowKey,
                WorkflowSha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(workflow))),
                Seed = order.Seed,
                Steps = drawing.Steps,
                CfgMilli = (int)Math.Round(drawing.Cfg * 1000),
                Width = drawing.Width,
                Height = drawing.Height,
                NegativePrompt = drawing.NegativePrompt ?? (order.Settings.WorkflowKey is null ? SdxlWorkflow.DefaultNegativePrompt : null),
            },
        };
    }

    // Nice to have on the record; a picture is not lost for want of it.
    private static async Task<string?> VersionAsync(ComfyUiClient client, CancellationToken cancellationToken)
    {
        try
        {
            return (await client.GetSystemStatsAsync(cancellationToken)).Version;
        }
        catch (ProviderException)
        {
            return null;
        }
    }

    private static JsonObject Workflow(PictureOrder order)
    {
        if (order.Settings.WorkflowKey is not { } key)
        {
            return SdxlWorkflow.Create(Drawing(order));
        }

        // A snapshot of an older version names the workflow and does not hold it.
        return order.Workflow is { } text ? WorkflowTemplate.Parse(text).Fill(Drawing(order)) : throw new PictureFailedException(new JobFault
        {
            Class = FaultClass.Input,
            Code = FaultCodes.WorkflowNotFound,
            Message = $"The job was queued without the text of its workflow '{key}': delete it and apply it again.",
        });
    }

    private static Drawing Drawing(PictureOrder order) => Providers.ComfyUi.Drawing.Of(order.Prompt, (ulong)order.Seed, order.Settings);

    private (ComfyUiClient? Client, string PromptId) Locate(string workId)
    {
        var blank = workId.LastIndexOf(' ');
        return (fleet.Get(new Uri(workId[..blank])), workId[(blank + 1)..]);
    }

    private static string WorkId(Uri server, string promptId) => $"{server} {promptId}";

    private static PictureFailedException Failed(string message, FaultClass who, bool retryable) =>
        new(new JobFault { Class = who, Code = FaultCodes.WorkflowFailed, Message = message, Retryable = retryable });

    /// <summary>Turns sampler steps into a share, and notes when drawing began.</summary>
    private sealed class DrawingClock(TimeProvider time, int steps, IProgress<double>? progress) : IProgress<PromptProgress>
    {
        private long _began;

        public long Millis => _began == 0 ? 0 : (long)time.GetElapsedTime(_began).TotalMilliseconds;

        public void Report(PromptProgress value)
        {
            if (_began == 0)
            {
                _began = time.GetTimestamp();
            }

            if (value.Max > 0)
            {
                progress?.Report(Math.Clamp((double)value.Value / Math.Max(value.Max, steps), 0, 1));
            }
        }
    }
}
