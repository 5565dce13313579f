namespace PodEngine.Resources.Schema;

/// <summary>A rule in CEL.</summary>
/// <param name="Expression">The rule.</param>
/// <param name="Message">What a user reads where it does not hold.</param>
internal sealed record SchemaRule(string Expression, string Message);
