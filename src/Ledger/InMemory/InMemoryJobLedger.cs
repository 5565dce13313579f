using PodEngine.Queue;
using PodEngine.Queue.InMemory;

namespace PodEngine.Ledger.InMemory;

/// <summary>The ledger beside a queue in memory: its writes run under that queue's lock, which is their fence.</summary>
public sealed class InMemoryJobLedger : IJobLedger
{
    private readonly Dictionary<JobId, InMemoryEntries> _jobs = [];
    private readonly InMemoryFence _fence;

    /// <summary>An empty ledger for the jobs of <paramref name="queue"/>.</summary>
    public InMemoryJobLedger(InMemoryJobQueue queue)
    {
        ArgumentNullException.ThrowIfNull(queue);
        _fence = queue.Fence;
        _fence.WhenForgotten(job => _jobs.Remove(job));
    }

    /// <inheritdoc/>
    public Task<JobLedgerEntries> ReadAsync(JobId job, CancellationToken cancellationToken) =>
        Task.FromResult(_fence.Run(now => (_jobs.GetValueOrDefault(job) ?? new InMemoryEntries()).Read(now)));

    /// <inheritdoc/>
    public Task<PurchaseBeginning> BeginPurchaseAsync(JobLease lease, PurchaseIntent intent, CancellationToken cancellationToken)
    {
        LedgerFaults.ThrowIfAny(intent);
        return Task.FromResult(_fence.Write(lease, now => Entries(lease).Begin(intent, now)));
    }

    /// <inheritdoc/>
    public Task RepeatPurchaseAsync(JobLease lease, PurchaseIntent intent, CancellationToken cancellationToken)
    {
        LedgerFaults.ThrowIfAny(intent);
        return WriteAsync(lease, (entries, now) => entries.Repeat(intent, now));
    }

    /// <inheritdoc/>
    public Task AttachRemoteAsync(JobLease lease, PurchaseKey key, string remoteId, CancellationToken cancellationToken) =>
        WriteAsync(lease, (entries, _) => entries.Attach(key, remoteId));

    /// <inheritdoc/>
    public Task SettlePurchaseAsync(JobLease lease, PurchaseKey key, string result, PurchaseCost cost, CancellationToken cancellationToken) =>
        WriteAsync(lease, (entries, _) => entries.Settle(key, result, cost));

    /// <inheritdoc/>
    public Task WithdrawPurchaseAsync(JobLease lease, PurchaseKey key, CancellationToken cancellationToken) =>
        WriteAsync(lease, (entries, _) => entries.Withdraw(key));

    /// <inheritdoc/>
    public Task SaveImageAsync(JobLease lease, ImageRecord image, CancellationToken cancellationToken)
    {
        LedgerFaults.ThrowIfAny(image);
        return WriteAsync(lease, (entries, _) => entries.Images[image.Index] = image);
    }

    /// <inheritdoc/>
    public Task SaveProductAsync(JobLease lease, ProductRecord product, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(product);
        return WriteAsync(lease, (entries, _) => entries.Products[(product.ImageIndex, product.ProductType, product.Platform)] = product);
    }

    /// <inheritdoc/>
    public Task AppendLogAsync(JobId job, LogLine line, CancellationToken cancellationToken)
    {
        LedgerFaults.ThrowIfAny(line);
        _fence.Run(now =>
        {
            if (_fence.Knows(job))
            {
                Entries(job).Log.Add(line with { Time = now });
            }

            return 0;
        });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<int> ForgetLogsAsync(TimeSpan age, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(_fence.Run(now => _jobs.Values.Sum(entries => entries.Log.RemoveAll(line => line.Time < now - age))));

    /// <inheritdoc/>
    public Task<IReadOnlyList<LogLine>> ReadLogAsync(JobId job, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(_fence.Run<IReadOnlyList<LogLine>>(_ => [.. (_jobs.GetValueOrDefault(job)?.Log ?? []).TakeLast(limit)]));

    private Task WriteAsync(JobLease lease, Action<InMemoryEntries, DateTimeOffset> write)
    {
        _fence.Write(lease, now =>
        {
            write(Entries(lease), now);
            return 0;
        });
        return Task.CompletedTask;
    }

    private InMemoryEntries Entries(JobLease lease) => Entries(lease.Job);

    private InMemoryEntries Entries(JobId job) =>
        _jobs.TryGetValue(job, out var entries) ? entries : _jobs[job] = new InMemoryEntries();
}
