using System.Text.Json.Nodes;
using PodEngine.Simulators.Http;
using PodEngine.Simulators.Knobs;

namespace PodEngine.Simulators.Claude;

/// <summary>The body of a call, checked (https://platform.claude.com/docs/en/api/messages).</summary>
internal sealed record MessageRequest(string Model, int MaxTokens, JsonObject Body)
{
    private static readonly string[] SamplingParameters = ["temperature", "top_p", "top_k"];

    public JsonObject? Schema => Body["output_config"]?["format"]?["schema"] as JsonObject;

    public bool Stream => Body["stream"].Flag() ?? false;

    /// <summary>The text of the last user message.</summary>
    public string LastUserText => TextOf(Body["messages"].Items().Last(message => message?["role"].Text() == "user")!["content"]);

    /// <summary>The tool the model has to use, if any.</summary>
    public JsonObject? ForcedTool => Body["tool_choice"]?["type"].Text() switch
    {
        "any" => Body["tools"].Items().FirstOrDefault() as JsonObject,
        "tool" => Body["tools"].Items().FirstOrDefault(tool => tool?["name"].Text() == Body["tool_choice"]!["name"].Text()) as JsonObject,
        _ => null,
    };

    /// <summary>Text of a content member: text itself or the text blocks in it.</summary>
    public static string TextOf(JsonNode? content) =>
        content.Text() ?? string.Join('\n', content.Items().Where(block => block?["type"].Text() == "text").Select(block => block!["text"].Text()));

    /// <summary>The request, or why it is refused with 400.</summary>
    public static (MessageRequest? Request, string? Fault) Read(JsonNode? json, string? parseFault, string version, ClaudeKnobs knobs)
    {
        if (json is not JsonObject body)
        {
            return (null, $"The request body is not valid JSON: {parseFault ?? "an object is expected"}");
        }

        var fault = CheckBasics(body) ?? CheckMessages(body) ?? CheckVersion(body, version) ?? CheckModelRules(body) ?? CheckFormat(body, knobs);
        return fault is not null
            ? (null, fault)
            : (new MessageRequest(body["model"].Text()!, (int)body["max_tokens"].Whole()!.Value, body), null);
    }

    private static string? CheckBasics(JsonObject body)
    {
        if (string.IsNullOrEmpty(body["model"].Text()))
        {
            return "model: Field required";
        }

        if (body["max_tokens"].Whole() is not (>= 1 and <= 128_000))
        {
            return "max_tokens: a whole number from 1 to 128000 is required";
        }

        return body["system"] is null or JsonArray || body["system"].Text() is not null ? null : "system: text or text blocks are expected";
    }

    private static string? CheckMessages(JsonObject body)
    {
        if (body["messages"] is not JsonArray { Count: > 0 } messages)
        {
            return "messages: at least one message is required";
        }

        for (var i = 0; i < messages.Count; i++)
        {
            var role = messages[i]?["role"].Text();
            if (role is not ("user" or "assistant"))
            {
                return $"messages.{i}.role: Input should be 'user' or 'assistant'";
            }

            var content = messages[i]!["content"];
            if (string.IsNullOrEmpty(content.Text()) && content is not JsonArray { Count: > 0 })
            {
                return $"messages.{i}.content: Field required";
            }
        }

        return messages[0]!["role"].Text() == "user" ? null : "messages: first message must use the \"user\" role";
    }

    // https://platform.claude.com/docs/en/api/migration-2026-10-21
    private static string? CheckVersion(JsonObject body, string version)
    {
        if (version != ClaudeHeaders.NewVersion)
        {
            return null;
        }

        if (SamplingParameters.FirstOrDefault(body.ContainsKey) is { } parameter)
        {
            return $"{parameter}: sampling parameters are not supported in {version}";
        }

        foreach (var message in body["messages"].Items())
        {
            var blocks = message!["content"] as JsonArray ?? [];
            if (message["role"].Text() == "assistant" && blocks.Any(block => block?["type"].Text() == "document"))
            {
                return "messages: document blocks are not allowed in assistant messages";
            }

            if (message["role"].Text() == "user" && blocks.Any(block => block?["citations"] is JsonArray { Count: > 0 }))
            {
                return "messages: citations are not allowed on user text blocks";
            }
        }

        return null;
    }

    private static string? CheckModelRules(JsonObject body)
    {
        var model = body["model"].Text()!;
        if (body["thinking"]?["type"].Text() == "enabled" && !model.Contains("-4-", StringComparison.Ordinal))
        {
            return $"thinking: budget_tokens is not supported by {model}; use adaptive";
        }

        var choice = body["tool_choice"]?["type"].Text();
        if (choice is "any" or "tool" && model.StartsWith("claude-fable", StringComparison.Ordinal))
        {
            return $"tool_choice: '{choice}' is not supported by {model}";
        }

        return choice is "any" or "tool" && body["tools"] is not JsonArray { Count: > 0 } ? "tool_choice: tools are required" : null;
    }

    private static string? CheckFormat(JsonObject body, ClaudeKnobs knobs)
    {
        if (body["output_config"]?["format"] is not { } format)
        {
            return null;
        }

        if (format["type"].Text() != "json_schema" || format["schema"] is not JsonObject schema)
        {
            return "output_config.format: type json_schema with a schema is expected";
        }

        return SchemaRules.FindFault(schema, knobs.RefusesUnsupportedSchemaKeywords) is { } fault ? $"output_config.format.schema: {fault}" : null;
    }
}
