using PodEngine.Ledger;
using PodEngine.Pipeline.Attempts;
using PodEngine.Providers.Http;
using PodEngine.Shared.Faults;
using PodEngine.Shared.Jobs;

namespace PodEngine.Pipeline.Purchases;

/// <summary>
/// Buys things once, whatever happens in between.
/// <para>Flow: record the intent → call → record the result. An attempt that finds a settled purchase takes its result. One that finds an intent without
/// result waits until the call cannot be under way any more, then looks for what it bought and adopts it; when nothing is found it buys, and where the
/// look-up proves nothing that is a repeat, made once and counted, or a failure if the job asks for that.</para>
/// <para>Guarantees: a recorded result is never bought again; what can be looked up is bought once; what cannot, at most twice.
/// Assumes that nobody else buys under the same key, which the fence of the ledger sees to.</para>
/// </summary>
internal sealed class Purchaser(
    PatientLedger ledger,
    JobLedgerEntries known,
    UnknownPurchasePolicy onUnknown,
    JobControl control,
    PipelineOptions options,
    TimeProvider time,
    CancellationToken effect)
{
    // One call and, if its answer is lost, one more within the same attempt.
    private const int CallsPerAttempt = 2;

    /// <summary>What the purchase got, now or in an earlier attempt.</summary>
    public async Task<T> BuyAsync<T>(Purchase<T> purchase)
    {
        if (known.Purchases.TryGetValue(purchase.Key, out var old) && old.State == PurchaseState.Settled)
        {
            return Read(purchase, old);
        }

        await ReadyAsync();
        options.Signal?.Invoke(new StepPoint(purchase.Key.Step, StepMoment.BeforeIntent));
        var beginning = await ledger.BeginAsync(Intent(purchase), control.Stopping);
        options.Signal?.Invoke(new StepPoint(purchase.Key.Step, StepMoment.AfterIntent));
        if (beginning.Record.State == PurchaseState.Settled)
        {
            return Read(purchase, beginning.Record);
        }

        // An intent that was not there when this attempt began is our own, even if the answer to its recording was lost.
        var ours = beginning.IsNew || old is null;
        return ours ? await CallAsync(purchase, beginning.Record, calls: 1) : await ResolveAsync(purchase, beginning.Record, calls: 0);
    }

    private async Task<T> CallAsync<T>(Purchase<T> purchase, PurchaseRecord record, int calls)
    {
        Bought<T> bought;
        try
        {
            bought = await purchase.Buy(Call(purchase, record));
        }
        catch (ProviderException fault) when (fault.Spend == Spend.None)
        {
            await ledger.WithdrawAsync(purchase.Key, effect);
            throw;
        }
        catch (NotBoughtException nothing)
        {
            await ledger.WithdrawAsync(purchase.Key, effect);
            throw new JobFaultException(nothing.Fault, nothing);
        }
        catch (ProviderException fault)
        {
            if (calls >= CallsPerAttempt)
            {
                throw;
            }

            // The call is over on our side. Without a look-up nothing is gained by waiting; with one, the provider may still be at it.
            var begun = (await ledger.BeginAsync(Intent(purchase), effect)).Record;
            return await ResolveAsync(purchase, purchase.Find is null ? begun with { SettlesIn = TimeSpan.Zero } : begun, calls, fault);
        }

        return await SettleAsync(purchase, bought);
    }

    private async Task<T> ResolveAsync<T>(Purchase<T> purchase, PurchaseRecord record, int calls, ProviderException? cause = null)
    {
        await WaitUntilSettledAsync(record, cause);
        if (await FindAsync(purchase, record) is { } found)
        {
            return await SettleAsync(purchase, found);
        }

        await ReadyAsync();
        if (purchase.Find is not null && purchase.NotFoundProves)
        {
            await ledger.WithdrawAsync(purchase.Key, control.Stopping);
            return await CallAsync(purchase, (await ledger.BeginAsync(Intent(purchase), control.Stopping)).Record, calls + 1);
        }

        if (onUnknown == UnknownPurchasePolicy.Fail || record.Repeats > 0)
        {
            throw new JobFaultException(Unknown(purchase.Key, record), cause);
        }

        await ledger.RepeatAsync(Intent(purchase), control.Stopping);
        options.Signal?.Invoke(new StepPoint(purchase.Key.Step, StepMoment.AfterIntent));
        return await CallAsync(purchase, record with { Request = purchase.Request, RemoteId = null, Repeats = record.Repeats + 1 }, calls + 1);
    }

    private async Task<Bought<T>?> FindAsync<T>(Purchase<T> purchase, PurchaseRecord record)
    {
        try
        {
            return purchase.Find is null ? null : await purchase.Find(Call(purchase, record));
        }
        catch (NotBoughtException nothing)
        {
            await ledger.WithdrawAsync(purchase.Key, effect);
            throw new JobFaultException(nothing.Fault, nothing);
        }
    }

    private async Task<T> SettleAsync<T>(Purchase<T> purchase, Bought<T> bought)
    {
        options.Signal?.Invoke(new StepPoint(purchase.Key.Step, StepMoment.AfterEffect));
        await ledger.SettleAsync(purchase.Key, PurchaseJson.Write(bought.Result, purchase.Json), bought.Cost, effect);
        options.Signal?.Invoke(new StepPoint(purchase.Key.Step, StepMoment.AfterSettle));
        return bought.Result;
    }

    // Work with a remote id was answered: nothing is under way that a look-up could miss.
    private async Task WaitUntilSettledAsync(PurchaseRecord record, ProviderException? cause)
    {
        if (RemoteId(record) is not null || record.SettlesIn <= TimeSpan.Zero)
        {
            return;
        }

        if (record.SettlesIn > options.LongestSettleWait)
        {
            var fault = new JobFault
            {
                Class = FaultClass.Provider,
                Code = FaultCodes.ProviderUnavailable,
                Message = $"The answer to {record.Key} was lost{(cause is null ? "" : $" ({cause.Message})")}; it is looked up in {record.SettlesIn.TotalSeconds:0} s, when it cannot be under way any more.",
                Retryable = true,
            };
            throw new JobFaultException(fault, cause) { PutOffFor = record.SettlesIn };
        }

        await Task.Delay(record.SettlesIn, time, control.Stopping);
    }

    /// <summary>No side effect starts while it is uncertain that the lease holds, or after a stop.</summary>
    private async Task ReadyAsync()
    {
        await control.WaitUntilSureAsync(control.Stopping);
        control.Stopping.ThrowIfCancellationRequested();
    }

    private PurchaseCall Call<T>(Purchase<T> purchase, PurchaseRecord record) => new()
    {
        Record = record,
        RemoteId = RemoteId(record),
        AttachAsync = remoteId => ledger.AttachAsync(purchase.Key, $"{record.Repeats} {remoteId}", effect),
        Effect = effect,
        Stopping = control.Stopping,
    };

    // A remote id says which repeat it belongs to: work of an earlier call is not adopted for a later one.
    private static string? RemoteId(PurchaseRecord record) =>
        record.RemoteId is { } remote && remote.Split(' ', 2) is [var repeat, var id] && repeat == $"{record.Repeats}" ? id : null;

    private PurchaseIntent Intent<T>(Purchase<T> purchase) =>
        new() { Key = purchase.Key, Request = purchase.Request, Settles = purchase.CallDeadline + options.SettleMargin };

    private static T Read<T>(Purchase<T> purchase, PurchaseRecord record) => PurchaseJson.Read(record.Result, purchase.Json);

    private static JobFault Unknown(PurchaseKey key, PurchaseRecord record) => new()
    {
        Class = FaultClass.Provider,
        Code = FaultCodes.PurchaseUnknown,
        Message = record.Repeats > 0
            ? $"The answer to {key} was lost twice. Look at the provider's account, then retry the job by hand."
            : $"The answer to {key} was lost, and the job asks to fail rather than to buy again (onUnknownPurchase: Fail). Look at the provider's account, then retry the job by hand.",
        Retryable = false,
    };
}
