using PodEngine.Queue;
using PodEngine.Shared.Jobs;

namespace PodEngine.Pipeline.Attempts;

/// <summary>Counts what is done and tells the store, at most once a second and only what changed. Best effort, as the log is.</summary>
internal sealed class ProgressReporter(IJobQueue queue, JobLease lease, JobControl control, TimeProvider time, int imagesTotal, int productsTotal)
{
    private static readonly TimeSpan Spacing = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();
    private readonly double[] _drawing = new double[imagesTotal];
    private string _step = "";
    private int _stored;
    private int _productsMade;
    private int _productsDone;
    private JobProgress? _sent;
    private long _sentAt;
    private Task _sending = Task.CompletedTask;

    /// <summary>Takes over what earlier attempts did; tells nobody yet.</summary>
    public void Resume(IEnumerable<int> stored, int made, int done)
    {
        lock (_gate)
        {
            foreach (var index in stored)
            {
                _drawing[index] = 1;
                _stored++;
            }

            (_productsMade, _productsDone) = (made, done);
        }
    }

    /// <summary>Begins a step; told at once.</summary>
    public Task BeginAsync(string step)
    {
        lock (_gate)
        {
            _step = step;
        }

        return TellAsync(atOnce: true);
    }

    /// <summary>How far one picture is drawn, 0–1.</summary>
    public Task DrawnAsync(int index, double share) => ChangeAsync(() => _drawing[index] = share);

    /// <summary>One more picture is stored.</summary>
    public Task StoredAsync() => ChangeAsync(() => _stored++);

    /// <summary>One more product is made; <paramref name="done"/> when nothing more is to be done with it.</summary>
    public Task MadeAsync(bool done) => ChangeAsync(() =>
    {
        _productsMade++;
        _productsDone += done ? 1 : 0;
    });

    /// <summary>One more product is published.</summary>
    public Task PublishedAsync() => ChangeAsync(() => _productsDone++);

    /// <summary>Tells the last counts, whatever the spacing.</summary>
    public Task FlushAsync() => TellAsync(atOnce: true);

    private Task ChangeAsync(Action change)
    {
        lock (_gate)
        {
            change();
        }

        return TellAsync(atOnce: false);
    }

    private Task TellAsync(bool atOnce)
    {
        lock (_gate)
        {
            var now = new JobProgress(Percent(), _step, ProgressDetailJson.Write(new ProgressDetail(_stored, imagesTotal, _productsDone, productsTotal)));
            var early = !atOnce && _sent is not null && time.GetElapsedTime(_sentAt) < Spacing;
            if (now == _sent || early || !_sending.IsCompleted)
            {
                return atOnce ? _sending : Task.CompletedTask;
            }

            _sent = now;
            _sentAt = time.GetTimestamp();
            _sending = SendAsync(now);
            return _sending;
        }
    }

    // Writing the prompts counts 5, drawing 60, storing 10, making 20, publishing 5.
    private int Percent()
    {
        var images = Math.Max(imagesTotal, 1);
        var products = Math.Max(productsTotal, 1);
        var done = (_step is "" or "prompts" ? 0 : 5)
            + (60 * _drawing.Sum() / images)
            + (10.0 * _stored / images)
            + (20.0 * _productsMade / products)
            + (5.0 * _productsDone / products);
        return Math.Clamp((int)done, 0, 100);
    }

    private async Task SendAsync(JobProgress progress)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(2), time);
        try
        {
            await queue.ReportProgressAsync(lease, progress, deadline.Token);
        }
        catch (LeaseLostException)
        {
            control.Stop(StopReason.LeaseLost);
        }
        catch (Exception failure) when (failure is QueueUnavailableException or QueueRefusedException or OperationCanceledException)
        {
            // The store is away, or cannot keep this; the next change tells more.
        }
    }
}
