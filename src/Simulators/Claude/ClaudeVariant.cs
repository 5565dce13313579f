namespace PodEngine.Simulators.Claude;

/// <summary>Shapes a successful or near-successful answer of Claude can have.</summary>
public enum ClaudeVariant
{
    /// <summary>One text block, JSON when a schema was given.</summary>
    Normal,

    /// <summary>A thinking block comes before the text.</summary>
    Thinking,

    /// <summary>HTTP 200 with <c>stop_reason</c> refusal and no JSON.</summary>
    Refusal,

    /// <summary>The text ends half way, <c>stop_reason</c> max_tokens.</summary>
    MaxTokens,

    /// <summary>The content is in the input of a tool_use block.</summary>
    ToolUse,

    /// <summary>One item fewer than asked.</summary>
    FewerItems,

    /// <summary>One item more than asked.</summary>
    MoreItems,

    /// <summary>Every item is the same.</summary>
    EqualItems,

    /// <summary>Prose in place of JSON although a schema was given.</summary>
    Prose,

    /// <summary>No content block at all.</summary>
    Empty,

    /// <summary>Members and a content block that nobody knows yet.</summary>
    UnknownMembers,

    /// <summary>429 of the monthly spend cap: no <c>retry-after</c>, <c>enforced_spend_limit_reached</c> in the details.</summary>
    SpendLimit,

    /// <summary>An error event inside a stream that began with 200; a plain call gets 500.</summary>
    StreamError,
}
