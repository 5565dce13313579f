namespace PodEngine.Operator.Hosting;

/// <summary>First event id of each feature's log messages; a feature owns the hundred that follows.</summary>
internal static class EventIds
{
    public const int Hosting = 1000;
    public const int Leadership = 1100;
    public const int Installation = 1200;
    public const int Queueing = 1300;
    public const int PodJobs = 1400;
    public const int Mirror = 1500;
    public const int WorkerPools = 1600;
    public const int InferenceEndpoints = 1700;
    public const int GenerationModels = 1800;
    public const int Recording = 1900;
}
