namespace PodEngine.Kubernetes.Reconciling;

/// <summary>
/// How a reconcile ended. Anything thrown is a failure and is repeated with backoff for ever; these are the ways not to fail.
/// </summary>
public abstract record ReconcileOutcome
{
    private ReconcileOutcome()
    {
    }

    /// <summary>The object is as it should be until something changes.</summary>
    public static ReconcileOutcome Done { get; } = new DoneOutcome();

    /// <summary>All is well, but look again after this long.</summary>
    public static ReconcileOutcome Again(TimeSpan after) => new AgainOutcome(after);

    /// <summary>It cannot succeed until the object changes, because of this: said in the log and counted, not repeated.</summary>
    public static ReconcileOutcome Never(string because) => new NeverOutcome(because);

    /// <summary>See <see cref="Done"/>.</summary>
    public sealed record DoneOutcome : ReconcileOutcome
    {
        internal DoneOutcome()
        {
        }
    }

    /// <summary>See <see cref="Again"/>.</summary>
    public sealed record AgainOutcome : ReconcileOutcome
    {
        internal AgainOutcome(TimeSpan after) => After = after;

        /// <summary>After how long.</summary>
        public TimeSpan After { get; }
    }

    /// <summary>See <see cref="Never"/>.</summary>
    public sealed record NeverOutcome : ReconcileOutcome
    {
        internal NeverOutcome(string because) => Because = because;

        /// <summary>Why not.</summary>
        public string Because { get; }
    }
}
