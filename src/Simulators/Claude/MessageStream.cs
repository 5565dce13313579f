using System.Text;
using System.Text.Json.Nodes;
using PodEngine.Simulators.Http;

namespace PodEngine.Simulators.Claude;

/// <summary>Sends a message as server-sent events.</summary>
internal sealed class MessageStream(HttpContext context, JsonObject message)
{
    public async Task SendAsync(bool failsMidway)
    {
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        var start = (JsonObject)message.DeepClone();
        start["content"] = new JsonArray();
        start["stop_reason"] = null;
        await SendAsync("message_start", new JsonObject { ["message"] = start });
        await SendAsync("ping", []);
        if (failsMidway)
        {
            var error = ClaudeErrors.Body("overloaded_error", "Overloaded", ClaudeErrors.RequestIdOf(context));
            await SendAsync("error", error);
            return;
        }

        var blocks = message["content"]!.AsArray();
        for (var i = 0; i < blocks.Count; i++)
        {
            await SendBlockAsync(i, (JsonObject)blocks[i]!);
        }

        await SendAsync("message_delta", new JsonObject
        {
            ["delta"] = new JsonObject { ["stop_reason"] = message["stop_reason"]?.DeepClone(), ["stop_sequence"] = null },
            ["usage"] = new JsonObject { ["output_tokens"] = message["usage"]!["output_tokens"]!.DeepClone() },
        });
        await SendAsync("message_stop", []);
    }

    private async Task SendBlockAsync(int index, JsonObject block)
    {
        var (empty, deltas) = block["type"].Text() switch
        {
            "text" => (new JsonObject { ["type"] = "text", ["text"] = "" }, Cut(block["text"].Text()!).Select(piece => Delta("text_delta", "text", piece))),
            "thinking" => (
                new JsonObject { ["type"] = "thinking", ["thinking"] = "" },
                [Delta("thinking_delta", "thinking", block["thinking"].Text()!), Delta("signature_delta", "signature", block["signature"].Text()!)]),
            "tool_use" => (
                new JsonObject { ["type"] = "tool_use", ["id"] = block["id"].Text(), ["name"] = block["name"].Text(), ["input"] = new JsonObject() },
                Cut(block["input"]?.ToJsonString() ?? "{}").Select(piece => Delta("input_json_delta", "partial_json", piece))),
            _ => ((JsonObject)block.DeepClone(), []),
        };
        await SendAsync("content_block_start", new JsonObject { ["index"] = index, ["content_block"] = empty });
        foreach (var delta in deltas)
        {
            await SendAsync("content_block_delta", new JsonObject { ["index"] = index, ["delta"] = delta });
        }

        await SendAsync("content_block_stop", new JsonObject { ["index"] = index });
    }

    private static JsonObject Delta(string type, string member, string piece) => new() { ["type"] = type, [member] = piece };

    private static IEnumerable<string> Cut(string text) => text.Chunk(200).Select(piece => new string(piece));

    private async Task SendAsync(string type, JsonObject data)
    {
        data["type"] = type;
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes($"event: {type}\ndata: {data.ToJsonString()}\n\n"));
        await context.Response.Body.FlushAsync();
    }
}
