using System.Text.Json.Nodes;
using PodEngine.Simulators.Http;

namespace PodEngine.Simulators.ComfyUI;

/// <summary><c>/view</c> and <c>/upload/image</c>.</summary>
internal sealed class FileRoutes(ComfyServer server)
{
    private static readonly string[] Types = ["output", "input", "temp"];

    public void MapOn(RouteGroupBuilder group)
    {
        group.MapGet("/view", ViewAsync);
        group.MapPost("/upload/image", context => UploadAsync(context, withMask: false));
        group.MapPost("/upload/mask", context => UploadAsync(context, withMask: true));
    }

    private Task ViewAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var name = query["filename"].ToString();
        var subfolder = query["subfolder"].ToString();
        var type = query["type"].ToString() is { Length: > 0 } given ? given : "output";
        if (name.Length == 0 || name.StartsWith('/') || name.Contains("..", StringComparison.Ordinal) || !Types.Contains(type))
        {
            return context.Response.AnswerEmptyAsync(400);
        }

        if (subfolder.StartsWith('/') || subfolder.Contains("..", StringComparison.Ordinal))
        {
            return context.Response.AnswerEmptyAsync(403);
        }

        if (server.Files.Read(type, subfolder, name) is not { } bytes)
        {
            return context.Response.AnswerEmptyAsync(404);
        }

        context.Response.Headers.ContentDisposition = $"filename=\"{name}\"";
        return context.Response.AnswerBytesAsync(200, bytes, name.EndsWith(".jpg", StringComparison.OrdinalIgnoreCase) ? "image/jpeg" : "image/png");
    }

    private async Task UploadAsync(HttpContext context, bool withMask)
    {
        if (context.Request.ContentLength > server.Knobs.MaxUploadBytes)
        {
            await context.Response.AnswerEmptyAsync(413);
            return;
        }

        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : null;
        if (form?.Files.GetFile("image") is not { FileName.Length: > 0 } file)
        {
            await context.Response.AnswerEmptyAsync(400);
            return;
        }

        var type = form["type"].ToString() is { Length: > 0 } given ? given : "input";
        var subfolder = form["subfolder"].ToString();
        using var content = new MemoryStream();
        await file.CopyToAsync(content, context.RequestAborted);
        var name = server.Files.Upload(type, subfolder, Path.GetFileName(file.FileName), content.ToArray(), form["overwrite"].ToString() is "true" or "1");
        var answer = new JsonObject { ["name"] = name, ["subfolder"] = subfolder, ["type"] = type };
        if (withMask)
        {
            answer["original_ref"] = form["original_ref"].ToString();
        }

        await context.Response.AnswerJsonAsync(200, answer);
    }
}
