using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace PodEngine.Providers.Http;

/// <summary>A whole answer, bounded in size.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Headers">Headers of the answer.</param>
/// <param name="ContentType">Media type; null when there is none.</param>
/// <param name="Body">Bytes.</param>
internal sealed record ProviderReply(HttpStatusCode Status, HttpResponseHeaders Headers, string? ContentType, ReadOnlyMemory<byte> Body)
{
    private const int ShownLength = 300;

    public int StatusCode => (int)Status;

    public bool IsSuccess => StatusCode is >= 200 and < 300;

    /// <summary>The beginning of the body as text on one line, for messages; empty for anything that is no text.</summary>
    public string Shown()
    {
        string text = Encoding.UTF8.GetString(Body.Span[..Math.Min(Body.Length, ShownLength * 4)]);
        var line = new StringBuilder(ShownLength);
        foreach (char character in text)
        {
            if (character == '\uFFFD' || (char.IsControl(character) && !char.IsWhiteSpace(character)))
            {
                return "";
            }

            if (line.Length == ShownLength)
            {
                return line.Append('…').ToString();
            }

            line.Append(char.IsWhiteSpace(character) ? ' ' : character);
        }

        return line.ToString().Trim();
    }

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    /// <summary>Reads an answer to its end, or to the bound.</summary>
    /// <exception cref="AnswerTooLargeException">There are more bytes than that.</exception>
    public static async Task<ProviderReply> ReadAsync(HttpResponseMessage response, int maxBytes, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength > maxBytes)
        {
            throw new AnswerTooLargeException(maxBytes);
        }

        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        byte[] buffer = new byte[(int)Math.Min(maxBytes, response.Content.Headers.ContentLength ?? 16 * 1024)];
        int length = 0;
        while (true)
        {
            if (length == buffer.Length)
            {
                // One byte more than allowed is asked for, to tell the end from the bound.
                Array.Resize(ref buffer, (int)Math.Min((long)maxBytes + 1, Math.Max(256L, buffer.Length * 2L)));
            }

            int read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0)
            {
                return new(response.StatusCode, response.Headers, response.Content.Headers.ContentType?.MediaType, buffer.AsMemory(0, length));
            }

            length += read;
            if (length > maxBytes)
            {
                throw new AnswerTooLargeException(maxBytes);
            }
        }
    }
}

/// <summary>More bytes than a call accepts.</summary>
/// <param name="maxBytes">The bound.</param>
internal sealed class AnswerTooLargeException(int maxBytes) : Exception($"The answer is larger than {maxBytes} bytes.")
{
    public int MaxBytes { get; } = maxBytes;
}
