namespace PodEngine.Resources.WorkerPools;

/// <summary>Where a bucket's name stands in an address.</summary>
public enum S3Addressing
{
    /// <summary>In the host.</summary>
    VirtualHost,

    /// <summary>In the path.</summary>
    Path,
}
