namespace PodEngine.Simulators.RunPod;

/// <summary>States of a job (https://docs.runpod.io/serverless/endpoints/job-states).</summary>
internal enum JobStatus
{
    Queued,
    Running,
    Completed,
    Failed,
    Cancelled,
    TimedOut,
}
