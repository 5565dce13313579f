namespace PodEngine.Queue;

/// <summary>Identifies a job. In a cluster it is the uid of the object that asked for it, so asking twice is harmless.</summary>
/// <param name="Value">The UUID.</param>
public readonly record struct JobId(Guid Value)
{
    /// <summary>A fresh random id, for jobs that no object stands for.</summary>
    public static JobId New() => new(Guid.NewGuid());

    /// <summary>The id as lower-case UUID text.</summary>
    public override string ToString() => Value.ToString("D");
}
