using System.Collections.Concurrent;
using PodEngine.Ledger;
using PodEngine.Pipeline.Images;
using PodEngine.Pipeline.Prompts;
using PodEngine.Pipeline.Purchases;
using PodEngine.Queue;
using PodEngine.Shared.Jobs;

namespace PodEngine.Pipeline.Attempts;

/// <summary>
/// What the steps of one attempt share: the job, what is known of it, and what this attempt finds. Steps run one after the other; within a step parts
/// run side by side, hence the concurrent collections.
/// </summary>
internal sealed class Attempt
{
    public required ClaimedJob Job { get; init; }

    public required JobSnapshot Snapshot { get; init; }

    public required DesignWork Work { get; init; }

    public required JobControl Control { get; init; }

    public required PatientLedger Ledger { get; init; }

    public required Purchaser Purchaser { get; init; }

    public required JobLog Log { get; init; }

    public required ProgressReporter Progress { get; init; }

    public required PipelineOptions Options { get; init; }

    /// <summary>For short side effects: outlives a stop by a moment.</summary>
    public required CancellationToken Effect { get; init; }

    /// <summary>What the ledger knew when the attempt began.</summary>
    public required JobLedgerEntries Known { get; init; }

    /// <summary>The job's designs, one per picture; set by the prompts step.</summary>
    public IReadOnlyList<Design> Designs { get; set; } = [];

    /// <summary>Who wrote them.</summary>
    public string WrittenBy { get; set; } = GivenDesigns.WrittenBy;

    /// <summary>Pictures drawn and not yet stored, by index.</summary>
    public ConcurrentDictionary<int, DrawnPicture> Drawn { get; } = new();

    /// <summary>Stored pictures by index, of this and earlier attempts; a picture that failed is not here.</summary>
    public ConcurrentDictionary<int, ImageRecord> Stored { get; } = new();

    /// <summary>Products made, of this and earlier attempts; failed ones are not here.</summary>
    public ConcurrentDictionary<ProductKey, ProductRecord> Made { get; } = new();

    /// <summary>What is missing after this attempt, and why.</summary>
    public ConcurrentQueue<PartFault> Faults { get; } = new();

    public JobId JobId => Job.Lease.Job;

    public CancellationToken Stopping => Control.Stopping;

    /// <summary>
    /// Runs one part. An expected failure is noted and logged and the other parts go on. A stop or a defect is thrown.
    /// </summary>
    public async Task PartAsync(string part, Func<Task> run, Func<PartFault, Task>? onFault = null)
    {
        try
        {
            await run();
        }
        catch (Exception failure) when (!Stopping.IsCancellationRequested && PartFault.From(part, failure) is { } fault)
        {
            Faults.Enqueue(fault);
            await Log.WarnAsync(fault.PutOff ? $"{part} is put off: {fault.Fault.Message}" : $"{part} failed ({fault.Fault.Code}): {fault.Fault.Message}");
            if (onFault is not null)
            {
                await onFault(fault);
            }
        }
    }

    /// <summary>Runs parts side by side, so many at a time, and waits for all of them even when one throws.</summary>
    public static async Task ForEachAsync<T>(IEnumerable<T> parts, int atATime, Func<T, Task> run) =>
        await Parallel.ForEachAsync(parts, new ParallelOptions { MaxDegreeOfParallelism = atATime }, async (part, _) => await run(part));
}
