using System.Text.Json.Nodes;

namespace PodEngine.Simulators.Tests.Claude;

/// <summary>Bodies of calls.</summary>
internal static class MessageBodies
{
    public static JsonObject Designs(string text = "Write exactly 3 designs for theme fox, style neon", int maxTokens = 8000)
    {
        var body = Plain(text, maxTokens);
        body["output_config"] = new JsonObject { ["format"] = new JsonObject { ["type"] = "json_schema", ["schema"] = DesignSchema() } };
        return body;
    }

    public static JsonObject Plain(string text = "hello", int maxTokens = 8000) => new()
    {
        ["model"] = "claude-sonnet-5-5",
        ["max_tokens"] = maxTokens,
        ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = text }),
    };

    public static JsonObject DesignSchema() => (JsonObject)JsonNode.Parse(
        """
        {"type":"object","additionalProperties":false,"required":["designs"],"properties":{"designs":{"type":"array","items":{
          "type":"object","additionalProperties":false,"required":["title","prompt","mood","tags","score"],"properties":{
            "title":{"type":"string"},"prompt":{"type":"string"},"mood":{"type":"string","enum":["calm","loud"]},
            "tags":{"type":"array","items":{"type":"string"}},"score":{"type":"integer"},"note":{"anyOf":[{"type":"null"},{"type":"string"}]}}}}}}
        """)!;
}
