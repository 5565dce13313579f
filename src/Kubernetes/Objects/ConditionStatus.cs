namespace PodEngine.Kubernetes.Objects;

/// <summary>The three values of a condition's status.</summary>
public static class ConditionStatus
{
    /// <summary>The condition holds.</summary>
    public const string True = "True";

    /// <summary>The condition does not hold.</summary>
    public const string False = "False";

    /// <summary>It cannot be told.</summary>
    public const string Unknown = "Unknown";

    /// <summary>The status for a known truth.</summary>
    public static string Of(bool holds) => holds ? True : False;
}
