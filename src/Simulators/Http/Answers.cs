using System.Text;
using System.Text.Json.Nodes;

namespace PodEngine.Simulators.Http;

/// <summary>Ways of answering.</summary>
internal static class Answers
{
    public static Task AnswerJsonAsync(this HttpResponse response, int status, JsonNode body, string contentType = "application/json") =>
        response.AnswerBytesAsync(status, Encoding.UTF8.GetBytes(body.ToWire()), contentType);

    public static Task AnswerTextAsync(this HttpResponse response, int status, string text, string contentType = "text/plain; charset=utf-8") =>
        response.AnswerBytesAsync(status, Encoding.UTF8.GetBytes(text), contentType);

    public static Task AnswerEmptyAsync(this HttpResponse response, int status)
    {
        response.StatusCode = status;
        response.ContentLength = 0;
        return Task.CompletedTask;
    }

    public static async Task AnswerBytesAsync(this HttpResponse response, int status, ReadOnlyMemory<byte> bytes, string contentType)
    {
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes);
    }
}
