using PodEngine.Queue.Postgres.Claiming;

namespace PodEngine.Queue.Postgres.Exchanging;

/// <summary>A claim waiting for its round trip. Either its caller gets the answer or has gone before; then what was claimed belongs to nobody.</summary>
internal sealed class PendingClaim(ClaimRequest request)
{
    private readonly TaskCompletionSource<IReadOnlyList<ClaimedJob>> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _settled;

    public ClaimRequest Request => request;

    public bool IsAbandoned => Volatile.Read(ref _settled) != 0 && !_answer.Task.IsCompleted;

    /// <summary>False when the caller has gone.</summary>
    public bool TryAnswer(IReadOnlyList<ClaimedJob> jobs) => TrySettle() && _answer.TrySetResult(jobs);

    public void Fail(Exception fault)
    {
        if (TrySettle())
        {
            _answer.TrySetException(fault);
        }
    }

    /// <summary>The caller's wait.</summary>
    public async Task<IReadOnlyList<ClaimedJob>> WaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _answer.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (!TrySettle())
        {
            // The answer came first.
            return await _answer.Task;
        }
    }

    private bool TrySettle() => Interlocked.CompareExchange(ref _settled, 1, 0) == 0;
}
