using System.Text.Json;
using System.Text.Json.Nodes;

namespace PodEngine.Simulators.Http;

/// <summary>A request's body: too large, not JSON, or a JSON value.</summary>
/// <param name="Json">The value; null when empty, JSON null or not JSON.</param>
/// <param name="Bytes">Length as received.</param>
/// <param name="TooLarge">Whether it passed the limit; nothing was parsed then.</param>
/// <param name="Fault">Why it is not JSON.</param>
internal sealed record RequestBody(JsonNode? Json, long Bytes, bool TooLarge, string? Fault)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 256 };

    public static async Task<RequestBody> ReadAsync(HttpContext context, long limit)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[64 * 1024];
        int read;
        while ((read = await context.Request.Body.ReadAsync(chunk, context.RequestAborted)) > 0)
        {
            buffer.Write(chunk, 0, read);
            if (buffer.Length > limit)
            {
                return new RequestBody(null, buffer.Length, TooLarge: true, "the body is too large");
            }
        }

        if (buffer.Length == 0)
        {
            return new RequestBody(null, 0, TooLarge: false, "the body is empty");
        }

        try
        {
            return new RequestBody(JsonNode.Parse(buffer.GetBuffer().AsSpan(0, (int)buffer.Length), null, Strict), buffer.Length, TooLarge: false, null);
        }
        catch (JsonException fault)
        {
            return new RequestBody(null, buffer.Length, TooLarge: false, fault.Message);
        }
    }
}
