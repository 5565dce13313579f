namespace PodEngine.Operator.Hosting;

/// <summary>First event id of each feature's log messages, 4000 to 4999 in all; a feature owns the hundred that follows.</summary>
internal static class EventIds
{
    public const int Hosting = 4000;
    public const int Leadership = 4100;
    public const int Installation = 4200;
    public const int Database = 4300;
    public const int PodJobs = 4400;
    public const int Mirror = 4500;
}
