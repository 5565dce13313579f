namespace PodEngine.Kubernetes;

/// <summary>The ids of this library's log messages: a range of fifty for each feature.</summary>
internal static class EventIds
{
    public const int Watching = 1000;
    public const int Reconciling = 1050;
    public const int Recording = 1100;
    public const int Leadership = 1150;
}
