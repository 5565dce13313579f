namespace PodEngine.Resources.Admission;

/// <summary>One reason why a PodJob cannot be queued.</summary>
/// <param name="Code">Stable code, one of <see cref="Shared.Faults.FaultCodes"/>; fit to be a condition's reason.</param>
/// <param name="Field">Path of the field that names what is missing or wrong.</param>
/// <param name="Message">What is wrong and what to do about it.</param>
public sealed record AdmissionFault(string Code, string Field, string Message)
{
    /// <summary><c>field: message</c>.</summary>
    public override string ToString() => $"{Field}: {Message}";
}
