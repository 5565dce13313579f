namespace PodEngine.Operator.WorkerPools;

/// <summary>
/// What the database was told last, so that the same is not told at every look. It counts for a minute: the database may have been restored from a
/// backup, or somebody else may have said otherwise.
/// </summary>
internal sealed class LastWord<T>(TimeProvider time)
    where T : notnull
{
    private static readonly TimeSpan CountsFor = TimeSpan.FromMinutes(1);

    private (T Word, long At)? last;

    /// <summary>Whether this was said, and still counts.</summary>
    public bool Was(T word) => last is { } said && EqualityComparer<T>.Default.Equals(said.Word, word) && time.GetElapsedTime(said.At) < CountsFor;

    /// <summary>Remembers it.</summary>
    public void Say(T word) => last = (word, time.GetTimestamp());
}
