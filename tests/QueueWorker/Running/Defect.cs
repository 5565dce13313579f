namespace PodEngine.QueueWorker.Running;

/// <summary>What nobody expected ends the process at once and says so: the test that started it must not take it for one of its own faults.</summary>
internal static class Defect
{
    public static Task Fatal(Task task) => task.ContinueWith(
        ended => Environment.FailFast("defect", ended.Exception!.GetBaseException()),
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);
}
