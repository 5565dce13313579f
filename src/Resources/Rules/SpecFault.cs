namespace PodEngine.Resources.Rules;

/// <summary>One thing wrong with a manifest.</summary>
/// <param name="Field">Path of the field, such as <c>spec.design.count</c> or <c>spec.env[2].name</c>.</param>
/// <param name="Message">What is wrong and what would be right.</param>
/// <param name="Rule">Id of the rule in <see cref="RuleTexts"/>; null for a fault against the schema.</param>
public sealed record SpecFault(string Field, string Message, string? Rule = null)
{
    /// <summary><c>field: message</c>.</summary>
    public override string ToString() => $"{Field}: {Message}";
}
