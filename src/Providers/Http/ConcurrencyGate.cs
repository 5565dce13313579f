namespace PodEngine.Providers.Http;

/// <summary>At most so many calls at a time; the others wait in line without a thread.</summary>
/// <param name="concurrency">Calls at a time, at least 1.</param>
internal sealed class ConcurrencyGate(int concurrency) : IDisposable
{
    private readonly SemaphoreSlim _free = new(concurrency, concurrency);

    public async ValueTask<Turn> EnterAsync(CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        return new(_free);
    }

    public void Dispose() => _free.Dispose();

    /// <summary>A turn, given back when disposed.</summary>
    public readonly struct Turn(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}
