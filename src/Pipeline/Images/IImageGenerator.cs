namespace PodEngine.Pipeline.Images;

/// <summary>
/// A backend that draws pictures. Work on a backend outlives the call that began it: it has an id (opaque text of the backend) that is recorded as soon
/// as it is known, so that whoever resumes the job waits for the same picture instead of drawing another.
/// <para>Failures: <see cref="Providers.Http.ProviderException"/> for calls, <see cref="PictureFailedException"/> when the backend says that nothing will come.</para>
/// </summary>
public interface IImageGenerator
{
    /// <summary>Longest <see cref="SubmitAsync"/> takes.</summary>
    TimeSpan SubmitDeadline { get; }

    /// <summary>Hands in an order; returns the id of the work.</summary>
    Task<string> SubmitAsync(PictureOrder order, CancellationToken cancellationToken);

    /// <summary>The id of the work an order became, when its answer was lost; null when no server knows the order.</summary>
    Task<string?> FindAsync(PictureOrder order, CancellationToken cancellationToken);

    /// <summary>Waits for the picture; null when the backend has forgotten the work.</summary>
    /// <param name="order">What was ordered.</param>
    /// <param name="workId">Id from <see cref="SubmitAsync"/> or <see cref="FindAsync"/>.</param>
    /// <param name="progress">Told how far it is, 0–1.</param>
    /// <param name="cancellationToken">Ends the waiting, not the work.</param>
    Task<DrawnPicture?> WaitAsync(PictureOrder order, string workId, IProgress<double>? progress, CancellationToken cancellationToken);

    /// <summary>Stops the work; harmless when it is over.</summary>
    Task CancelAsync(string workId, CancellationToken cancellationToken);

    /// <summary>The bytes; null when the backend does not keep the picture any more.</summary>
    Task<ReadOnlyMemory<byte>?> FetchAsync(DrawnPicture picture, CancellationToken cancellationToken);
}
