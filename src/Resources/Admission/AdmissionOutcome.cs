using PodEngine.Shared.Jobs;

namespace PodEngine.Resources.Admission;

/// <summary>What became of a PodJob at admission.</summary>
public abstract record AdmissionOutcome
{
    private AdmissionOutcome()
    {
    }

    /// <summary>It can be queued.</summary>
    /// <param name="Snapshot">Everything a worker needs; later edits of what it was resolved from do not change it.</param>
    public sealed record Admitted(JobSnapshot Snapshot) : AdmissionOutcome;

    /// <summary>It cannot be queued until its spec or what it refers to changes.</summary>
    /// <param name="Faults">Every reason; at least one, the most basic first.</param>
    public sealed record Rejected(IReadOnlyList<AdmissionFault> Faults) : AdmissionOutcome
    {
        /// <summary>All messages as one text, for a condition.</summary>
        public string Message => string.Join("; ", Faults);
    }
}
