using PodEngine.Simulators.Http;

namespace PodEngine.Simulators.ComfyUI;

/// <summary>Refuses a request whose Origin does not fit its Host, as <c>server.py</c> does on loopback addresses.</summary>
internal sealed class OriginCheck(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) =>
        context.Request.Path.Value?.StartsWith("/comfyui", StringComparison.Ordinal) == true
        && context.Request.Headers.Origin is [{ } origin]
        && (!Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.Authority != context.Request.Host.Value)
            ? context.Response.AnswerTextAsync(403, "403: Forbidden")
            : next(context);
}
