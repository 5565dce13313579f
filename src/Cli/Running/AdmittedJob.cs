using PodEngine.Queue;
using PodEngine.Resources.PodJobs;
using PodEngine.Resources.WorkerPools;
using PodEngine.Shared.Jobs;

namespace PodEngine.Cli.Running;

/// <summary>A job that may run, with the pool that runs it.</summary>
/// <param name="Job">The manifest.</param>
/// <param name="Pool">The pool it names.</param>
/// <param name="Snapshot">What the worker is told.</param>
/// <param name="Request">What the queue is asked for.</param>
internal sealed record AdmittedJob(PodJob Job, WorkerPool Pool, JobSnapshot Snapshot, JobRequest Request);
