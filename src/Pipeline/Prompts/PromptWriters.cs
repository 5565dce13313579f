namespace PodEngine.Pipeline.Prompts;

/// <summary>Claude while there is a key, the templates otherwise.</summary>
/// <param name="claude">Claude; null where it is not set up at all.</param>
/// <param name="hasKey">Whether there is a key now.</param>
public sealed class PromptWriters(ClaudePromptWriter? claude, Func<bool> hasKey) : IPromptWriters
{
    private readonly TemplatePromptWriter _templates = new();

    /// <inheritdoc />
    public IPromptWriter Current => claude is not null && hasKey() ? claude : _templates;
}
