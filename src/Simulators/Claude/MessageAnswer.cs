using System.Text.Json.Nodes;
using PodEngine.Simulators.Http;

namespace PodEngine.Simulators.Claude;

/// <summary>Composes the message for a call.</summary>
internal sealed class MessageAnswer(MessageRequest request, ClaudeVariant variant)
{
    private readonly string userText = request.LastUserText;

    /// <summary>Items in the outermost array of the JSON, 0 without one.</summary>
    public int Items { get; private set; }

    public JsonObject Write()
    {
        var (content, stopReason) = WriteContent();
        var outputTokens = Tokens(content.ToJsonString());
        if (variant == ClaudeVariant.Thinking)
        {
            content.Insert(0, new JsonObject { ["type"] = "thinking", ["thinking"] = "A few motifs fit; I choose distinct ones.", ["signature"] = "c2ltdWxhdGVk" });
        }

        var message = new JsonObject
        {
            ["id"] = $"msg_{Guid.NewGuid():N}"[..28],
            ["type"] = "message",
            ["role"] = "assistant",
            ["model"] = request.Model,
            ["content"] = content,
            ["stop_reason"] = stopReason,
            ["stop_sequence"] = null,
            ["usage"] = new JsonObject
            {
                ["input_tokens"] = Tokens(request.Body["messages"]!.ToJsonString()) + Tokens(request.Body["system"]?.ToJsonString() ?? ""),
                ["output_tokens"] = Math.Min(outputTokens, request.MaxTokens),
                ["cache_creation_input_tokens"] = 0,
                ["cache_read_input_tokens"] = 0,
                ["service_tier"] = "standard",
            },
        };
        if (variant == ClaudeVariant.UnknownMembers)
        {
            message["future_member"] = new JsonObject { ["value"] = 1 };
            content.Add(new JsonObject { ["type"] = "future_block", ["payload"] = new JsonObject() });
        }

        return message;
    }

    // About four characters a token.
    private static int Tokens(string text) => (text.Length + 3) / 4;

    private static JsonObject TextBlock(string text) => new() { ["type"] = "text", ["text"] = text };

    private (JsonArray Content, string StopReason) WriteContent()
    {
        switch (variant)
        {
            case ClaudeVariant.Refusal:
                return ([TextBlock("I can't help with that request.")], "refusal");
            case ClaudeVariant.Empty:
                return ([], "end_turn");
            case ClaudeVariant.Prose:
                return ([TextBlock("Here are some ideas you may like, in no special order.")], "end_turn");
        }

        if (request.ForcedTool is { } tool)
        {
            return ([ToolUse(tool["name"].Text() ?? "tool", tool["input_schema"] as JsonObject ?? [])], "tool_use");
        }

        if (variant == ClaudeVariant.ToolUse)
        {
            return ([ToolUse("answer", request.Schema ?? [])], "tool_use");
        }

        var text = request.Schema is { } schema ? WriteJson(schema)?.ToWire() ?? "null" : $"A thought on: {userText}";
        var limit = variant == ClaudeVariant.MaxTokens ? text.Length / 2 : request.MaxTokens * 4;
        return text.Length > limit ? ([TextBlock(text[..limit])], "max_tokens") : ([TextBlock(text)], "end_turn");
    }

    private JsonObject ToolUse(string name, JsonObject schema) => new()
    {
        ["type"] = "tool_use",
        ["id"] = $"toolu_{Guid.NewGuid():N}"[..28],
        ["name"] = name,
        ["input"] = WriteJson(schema),
    };

    private JsonNode? WriteJson(JsonObject schema)
    {
        var count = WantedCount.Read(userText) + variant switch
        {
            ClaudeVariant.FewerItems => -1,
            ClaudeVariant.MoreItems => 1,
            _ => 0,
        };
        var writer = new SchemaText(schema, new DesignWords(userText), count, variant == ClaudeVariant.EqualItems);
        var value = writer.Write();
        Items = writer.Items;
        return value;
    }
}
