using System.Threading.Channels;
using PodEngine.Queue;

namespace PodEngine.Operator.PodJobs;

/// <summary>
/// Puts requests of many reconciles into few statements: the first one waits <see cref="Linger"/> for company, at most <see cref="MaxBatch"/> go
/// together. Each caller gets its own outcome or fault; a batch refused for one request is repeated one by one, so that it alone fails.
/// </summary>
internal sealed class JobBatcher(IJobQueue queue, TimeProvider time)
{
    /// <summary>Most requests of one statement.</summary>
    public const int MaxBatch = 200;

    /// <summary>How long the first request of a batch waits for others.</summary>
    public static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(3);

    private readonly Channel<Entry> entries = Channel.CreateBounded<Entry>(new BoundedChannelOptions(MaxBatch * 10) { SingleReader = true });

    /// <summary>Upserts a request together with others. Throws what the queue throws.</summary>
    public async Task<UpsertOutcome> UpsertAsync(JobRequest request, CancellationToken cancellationToken)
    {
        var entry = new Entry(request, new TaskCompletionSource<UpsertOutcome>(TaskCreationOptions.RunContinuationsAsynchronously));
        await entries.Writer.WriteAsync(entry, cancellationToken);
        return await entry.Outcome.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Writes batches until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var batch = new List<Entry>(MaxBatch);
        while (await entries.Reader.WaitToReadAsync(cancellationToken))
        {
            Take(batch);
            if (batch.Count < MaxBatch)
            {
                await Task.Delay(Linger, time, cancellationToken);
                Take(batch);
            }

            await WriteAsync(batch, cancellationToken);
            batch.Clear();
        }
    }

    private void Take(List<Entry> batch)
    {
        while (batch.Count < MaxBatch && entries.Reader.TryRead(out var entry))
        {
            batch.Add(entry);
        }
    }

    private async Task WriteAsync(List<Entry> batch, CancellationToken cancellationToken)
    {
        try
        {
            var outcomes = await queue.UpsertAsync([.. batch.Select(static entry => entry.Request)], cancellationToken);
            for (var i = 0; i < batch.Count; i++)
            {
                batch[i].Outcome.TrySetResult(outcomes[i]);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            batch.ForEach(entry => entry.Outcome.TrySetCanceled(cancellationToken));
            throw;
        }
        catch (Exception fault) when (fault is QueueUnavailableException || batch.Count == 1)
        {
            batch.ForEach(entry => entry.Outcome.TrySetException(fault));
        }
        catch (Exception)
        {
            foreach (var entry in batch)
            {
                await WriteAsync([entry], cancellationToken);
            }
        }
    }

    private sealed record Entry(JobRequest Request, TaskCompletionSource<UpsertOutcome> Outcome);
}
