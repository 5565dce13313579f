using PodEngine.Ledger;
using PodEngine.Queue;

namespace PodEngine.Pipeline.Attempts;

/// <summary>
/// The ledger for one attempt: while the store is away a write waits and is tried again, because what was bought must be recorded before anything else
/// happens. Waits end with the attempt.
/// </summary>
internal sealed class PatientLedger(IJobLedger ledger, JobLease lease, TimeProvider time)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    public Task<JobLedgerEntries> ReadAsync(CancellationToken cancellationToken) =>
        PersistAsync(token => ledger.ReadAsync(lease.Job, token), cancellationToken);

    public Task<PurchaseBeginning> BeginAsync(PurchaseIntent intent, CancellationToken cancellationToken) =>
        PersistAsync(token => ledger.BeginPurchaseAsync(lease, intent, token), cancellationToken);

    public Task RepeatAsync(PurchaseIntent intent, CancellationToken cancellationToken) =>
        PersistAsync(token => ledger.RepeatPurchaseAsync(lease, intent, token), cancellationToken);

    public Task AttachAsync(PurchaseKey key, string remoteId, CancellationToken cancellationToken) =>
        PersistAsync(token => ledger.AttachRemoteAsync(lease, key, remoteId, token), cancellationToken);

    public Task SettleAsync(PurchaseKey key, string result, PurchaseCost cost, CancellationToken cancellationToken) =>
        PersistAsync(token => ledger.SettlePurchaseAsync(lease, key, result, cost, token), cancellationToken);

    public Task WithdrawAsync(PurchaseKey key, CancellationToken cancellationToken) =>
        PersistAsync(token => ledger.WithdrawPurchaseAsync(lease, key, token), cancellationToken);

    public Task SaveAsync(ImageRecord image, CancellationToken cancellationToken) =>
        PersistAsync(token => ledger.SaveImageAsync(lease, image, token), cancellationToken);

    public Task SaveAsync(ProductRecord product, CancellationToken cancellationToken) =>
        PersistAsync(token => ledger.SaveProductAsync(lease, product, token), cancellationToken);

    private async Task PersistAsync(Func<CancellationToken, Task> write, CancellationToken cancellationToken) => await PersistAsync(
        async token =>
        {
            await write(token);
            return true;
        },
        cancellationToken);

    private async Task<T> PersistAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        for (var wait = FirstWait; ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            try
            {
                return await call(cancellationToken);
            }
            catch (QueueUnavailableException)
            {
                await Task.Delay(wait, time, cancellationToken);
            }
        }
    }
}
