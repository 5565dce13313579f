namespace PodEngine.Operator.WorkerPools;

/// <summary>The names that workers' pods are made of; changing one rolls every pool.</summary>
internal static class WorkerNames
{
    public const string FieldManager = "podengine-operator";
    public const string PoolLabel = "podengine.io/pool";
    public const string AppliedHashAnnotation = "podengine.io/applied-hash";

    public const string Container = "worker";
    public const int MetricsPort = 8080;
    public const int ProbesPort = 8081;

    public const string CredentialsFolder = "/var/run/podengine/credentials";
    public const string CredentialsVariable = "PODENGINE_CREDENTIALS_DIR";
    public const string StorageFolder = "/var/lib/podengine/storage";
    public const string DatabaseVariable = "DATABASE_URL";

    /// <summary>Name of a pool's Deployment; pools have at most 52 characters, so that this and its pods' names stay within 63.</summary>
    public static string Deployment(string pool) => $"{pool}-workers";

    /// <summary>Label selector of a pool's pods, as text.</summary>
    public static string Selector(string pool) => $"{PoolLabel}={pool}";
}
