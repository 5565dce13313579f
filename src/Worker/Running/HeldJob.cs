using PodEngine.Pipeline.Attempts;
using PodEngine.Queue;

namespace PodEngine.Worker.Running;

/// <summary>A job this worker holds, from its claim until its outcome was accepted or refused.</summary>
internal sealed class HeldJob(ClaimedJob job) : IDisposable
{
    public ClaimedJob Job { get; } = job;

    public JobLease Lease => Job.Lease;

    public JobControl Control { get; } = new();

    public void Dispose() => Control.Dispose();
}
