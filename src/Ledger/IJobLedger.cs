using PodEngine.Queue;

namespace PodEngine.Ledger;

/// <summary>
/// What jobs bought and made. Writes of an attempt join the queue's fence in their own transaction: they throw <see cref="LeaseLostException"/> once a
/// successor holds the job. What is recorded as bought is never bought again: an attempt reads the ledger first and does only the rest.
/// </summary>
public interface IJobLedger
{
    /// <summary>Everything recorded for a job; empty when there is nothing.</summary>
    Task<JobLedgerEntries> ReadAsync(JobId job, CancellationToken cancellationToken);

    /// <summary>
    /// Says that a purchase is about to be made, before it is. Returns what is already known of it: a purchase begun by an earlier attempt whose
    /// answer is missing (<see cref="PurchaseState.Begun"/>) must be looked up before it is repeated; a settled one must not be repeated at all.
    /// The first caller gets <see cref="PurchaseBeginning.IsNew"/>.
    /// </summary>
    Task<PurchaseBeginning> BeginPurchaseAsync(JobLease lease, PurchaseIntent intent, CancellationToken cancellationToken);

    /// <summary>
    /// Begins once more a purchase whose outcome is unknown: raises its repeat count and its not-before. The caller has looked it up, or may repeat.
    /// </summary>
    Task RepeatPurchaseAsync(JobLease lease, PurchaseIntent intent, CancellationToken cancellationToken);

    /// <summary>Records the remote id of a purchase in flight, as soon as it is known, so that a successor adopts it.</summary>
    Task AttachRemoteAsync(JobLease lease, PurchaseKey key, string remoteId, CancellationToken cancellationToken);

    /// <summary>Records what a purchase got (JSON text) and what it cost. Final: settling it again changes nothing.</summary>
    Task SettlePurchaseAsync(JobLease lease, PurchaseKey key, string result, PurchaseCost cost, CancellationToken cancellationToken);

    /// <summary>
    /// Records that a purchase certainly was not made (refused before any effect), so that it may be begun anew. Takes back the last repeat of a
    /// repeated purchase: what the earlier calls did stays unknown. Nothing happens to a purchase that is not recorded.
    /// </summary>
    Task WithdrawPurchaseAsync(JobLease lease, PurchaseKey key, CancellationToken cancellationToken);

    /// <summary>Stores or replaces a picture of the job, keyed by its index.</summary>
    Task SaveImageAsync(JobLease lease, ImageRecord image, CancellationToken cancellationToken);

    /// <summary>Stores or replaces a product of the job, keyed by image index, product type and platform.</summary>
    Task SaveProductAsync(JobLease lease, ProductRecord product, CancellationToken cancellationToken);

    /// <summary>Appends a line to the job's log, at the store's time. Not fenced: a lost attempt may still say why it stopped. Of a job that is forgotten nothing is kept.</summary>
    Task AppendLogAsync(JobId job, LogLine line, CancellationToken cancellationToken);

    /// <summary>The newest lines of a job's log, oldest first.</summary>
    Task<IReadOnlyList<LogLine>> ReadLogAsync(JobId job, int limit, CancellationToken cancellationToken);

    /// <summary>Removes log lines older than <paramref name="age"/>, at most about <paramref name="limit"/>. Returns how many went.</summary>
    Task<int> ForgetLogsAsync(TimeSpan age, int limit, CancellationToken cancellationToken);
}
