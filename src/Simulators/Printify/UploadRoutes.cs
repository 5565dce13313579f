using System.Security.Cryptography;
using System.Text.Json.Nodes;
using PodEngine.Simulators.Http;
using PodEngine.Simulators.Pictures;

namespace PodEngine.Simulators.Printify;

/// <summary><c>/v1/uploads…</c>.</summary>
internal sealed class UploadRoutes(PrintifyState state)
{
    private const int MaxPage = 100;

    public void MapOn(RouteGroupBuilder group)
    {
        group.MapPost("/v1/uploads/images.json", CreateAsync);
        group.MapGet("/v1/uploads.json", ListAsync);
        group.MapGet("/v1/uploads/{id}.json", context => WithUploadAsync(context, upload => upload.Write()));
        group.MapPost("/v1/uploads/{id}/archive.json", context => WithUploadAsync(context, Archive));
    }

    /// <summary>A picture that stands for the upload; its own bytes are not kept.</summary>
    public static Task PreviewAsync(HttpContext context)
    {
        var name = (string)context.Request.RouteValues["name"]!;
        return context.Response.AnswerBytesAsync(200, new Drawing(0, name, 256, 256).ToPng(), "image/png");
    }

    private async Task CreateAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context, 64 << 20);
        var name = body.Json?["file_name"].Text();
        if (string.IsNullOrWhiteSpace(name))
        {
            await RefuseAsync(context, state.Knobs.ValidationCode, "The file name field is required.");
            return;
        }

        var (content, code, fault) = body.Json?["contents"] is { } contents
            ? Decode(contents.Text())
            : await DownloadAsync(body.Json?["url"].Text(), context.RequestAborted);
        if (content is null)
        {
            await RefuseAsync(context, code, fault!);
        }
        else if (ImageHeader.Read(content, state.Knobs.AcceptsSvg) is not { } header)
        {
            await RefuseAsync(context, PrintifyErrors.UploadCode, "The file is not a PNG or JPEG picture.");
        }
        else
        {
            await context.Response.AnswerJsonAsync(200, Add(context, name, header, content).Write());
        }
    }

    private Upload Add(HttpContext context, string name, ImageHeader header, byte[] content)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        lock (state.Gate)
        {
            if (state.Knobs.ReusesUploadIds && state.Uploads.Find(known => known.Sha256 == hash) is { } same)
            {
                return same;
            }

            var id = state.NextId();
            var preview = $"{context.Request.Scheme}://{context.Request.Host}/printify/previews/{id}.png";
            var upload = new Upload(id, name, header, content.Length, hash, state.Time.GetUtcNow(), preview);
            state.Uploads.Add(upload);
            return upload;
        }
    }

    private (byte[]? Content, int Code, string? Fault) Decode(string? base64)
    {
        var buffer = new byte[((base64?.Length ?? 0) * 3 / 4) + 3];
        if (string.IsNullOrEmpty(base64) || !Convert.TryFromBase64String(base64, buffer, out var length) || length == 0)
        {
            return (null, PrintifyErrors.UploadCode, "contents is not base64.");
        }

        return length > state.Knobs.MaxBase64Bytes
            ? (null, PrintifyErrors.UploadCode, "Files larger than 5 MB must be uploaded by url.")
            : (buffer[..length], 0, null);
    }

    private async Task<(byte[]? Content, int Code, string? Fault)> DownloadAsync(string? url, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            return (null, state.Knobs.ValidationCode, "url or contents is required.");
        }

        try
        {
            return (await state.Downloads.GetByteArrayAsync(uri, cancellationToken), 0, null);
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return (null, PrintifyErrors.OperationCode, $"Failed to download the image: {fault.Message}");
        }
    }

    private Task ListAsync(HttpContext context)
    {
        lock (state.Gate)
        {
            var uploads = state.Uploads.Where(upload => !upload.IsArchived).ToList();
            if (state.Knobs.NewestFirst)
            {
                uploads.Reverse();
            }

            return context.Response.AnswerJsonAsync(200, PageEnvelope.Write(context, uploads, MaxPage, upload => upload.Write()));
        }
    }

    private Task WithUploadAsync(HttpContext context, Func<Upload, JsonObject> act)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        JsonObject? answer;
        lock (state.Gate)
        {
            answer = state.Uploads.Find(upload => upload.Id == id) is { } upload ? act(upload) : null;
        }

        return answer is null ? PrintifyErrors.WriteAsync(context, 404, "", state.Knobs) : context.Response.AnswerJsonAsync(200, answer);
    }

    private JsonObject Archive(Upload upload)
    {
        state.Uploads[state.Uploads.IndexOf(upload)] = upload with { IsArchived = true };
        return [];
    }

    private Task RefuseAsync(HttpContext context, int code, string reason) => PrintifyErrors.WriteBusinessAsync(
        context, 400, code, code == PrintifyErrors.OperationCode ? "Operation failed." : "Validation failed.", reason, state.Knobs);
}
