namespace PodEngine.Operator.Statuses;

/// <summary>Reasons that conditions of several kinds share.</summary>
internal static class ConditionReasons
{
    /// <summary>The spec breaks rules that the API server is too old to enforce; the message has every fault with its field.</summary>
    public const string SpecInvalid = nameof(SpecInvalid);
}
