using System.Threading.Channels;

namespace PodEngine.Queue.Postgres.Completing;

/// <summary>
/// Gathers what this process's attempts have to say and writes it many at a time: one commit costs the same for one outcome and for five hundred.
/// <para>A write that comes alone goes at once. While one batch is being written the next one gathers; when writes come thick, it waits
/// <see cref="Linger"/> for company. At most <see cref="MostWaiting"/> wait, then callers do. A caller's answer is the commit's: what is not
/// answered may or may not have been written, and repeating it is harmless.</para>
/// </summary>
internal sealed class AttemptCompleter : IAsyncDisposable
{
    /// <summary>Writes of one transaction.</summary>
    private const int MostAtATime = 500;

    private const int MostWaiting = 5_000;

    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(5);

    private readonly Channel<Pending> _waiting = Channel.CreateBounded<Pending>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true, AllowSynchronousContinuations = false });

    private readonly Func<IReadOnlyList<AttemptWrite>, Task<JobState?[]>> _write;
    private readonly Task _writing;

    /// <param name="write">Writes a batch in one transaction; answers null for each write that was refused.</param>
    public AttemptCompleter(Func<IReadOnlyList<AttemptWrite>, Task<JobState?[]>> write)
    {
        _write = write;
        _writing = WriteAllAsync();
    }

    /// <summary>The state the job is in after the write; null when it was refused.</summary>
    public async Task<JobState?> WriteAsync(AttemptWrite write, CancellationToken cancellationToken)
    {
        var pending = new Pending(write);
        await _waiting.Writer.WriteAsync(pending, cancellationToken);
        return await pending.Answer.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Writes what is waiting, then ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _writing;
    }

    private async Task WriteAllAsync()
    {
        var batch = new List<Pending>(MostAtATime);
        var thick = false;
        while (await _waiting.Reader.WaitToReadAsync())
        {
            Gather(batch);
            if (thick && batch.Count < MostAtATime)
            {
                await Task.Delay(Linger, TimeProvider.System);
                Gather(batch);
            }

            thick = batch.Count > 1;
            await WriteAsync([.. batch.Where(pending => pending.Write is not AttemptWrite.Outcome { Reported: AttemptOutcome.Completed })]);
            await WriteAsync([.. batch.Where(pending => pending.Write is AttemptWrite.Outcome { Reported: AttemptOutcome.Completed })]);
            batch.Clear();
        }
    }

    private void Gather(List<Pending> batch)
    {
        while (batch.Count < MostAtATime && _waiting.Reader.TryRead(out var pending))
        {
            batch.Add(pending);
        }
    }

    private async Task WriteAsync(IReadOnlyList<Pending> batch)
    {
        if (batch.Count == 0)
        {
            return;
        }

        try
        {
            var states = await _write([.. batch.Select(pending => pending.Write)]);
            for (var i = 0; i < batch.Count; i++)
            {
                batch[i].Answer.TrySetResult(states[i]);
            }
        }
        catch (Exception fault) when (fault is QueueUnavailableException || batch.Count == 1)
        {
            foreach (var pending in batch)
            {
                pending.Answer.TrySetException(fault);
            }
        }
#pragma warning disable CA1031 // One write that cannot be stored must not take its company down: each is tried alone and gets its own fault.
        catch (Exception)
        {
            foreach (var pending in batch)
            {
                await WriteAsync([pending]);
            }
        }
#pragma warning restore CA1031
    }

    private sealed record Pending(AttemptWrite Write)
    {
        public TaskCompletionSource<JobState?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
