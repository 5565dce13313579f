using System.Collections.Immutable;

namespace PodEngine.Queue.Tests.Model;

/// <summary>One moment of the modelled world: what the store has committed, what the processes believe and what is under way between them.</summary>
/// <param name="Jobs">The jobs as the store has them.</param>
/// <param name="Leases">The store's lease rows, one per batch that was claimed, oldest first.</param>
/// <param name="Workers">The worker processes.</param>
/// <param name="Rescuing">What the rescuer has read in its transaction: it has locked these leases' workers and will take the jobs next.</param>
/// <param name="Stray">A request still under way whose sender is dead; null for none.</param>
/// <param name="Fault">The promise that the last step broke; null while all hold.</param>
internal sealed record ModelState(
    ImmutableArray<ModelJob> Jobs,
    ImmutableArray<ModelLease> Leases,
    ImmutableArray<ModelWorker> Workers,
    ImmutableArray<ModelLease> Rescuing,
    ModelRequest? Stray = null,
    string? Fault = null)
{
    public ModelLease? LeaseOf(int job) => Leases.FirstOrDefault(lease => lease.Jobs.Contains(job));

    public ModelState With(int job, ModelJob changed) => this with { Jobs = Jobs.SetItem(job, changed) };

    public ModelState With(int worker, ModelWorker changed) => this with { Workers = Workers.SetItem(worker, changed) };

    /// <summary>The first broken promise is the one to be told.</summary>
    public ModelState Broken(string fault) => Fault is null ? this with { Fault = fault } : this;
}
