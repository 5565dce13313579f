using PodEngine.Ledger;
using PodEngine.Queue;
using PodEngine.Shared.Jobs;

namespace PodEngine.Cli.Reports;

/// <summary>A job as it stands, with what it bought and made: what tables, sheets and summaries are made of.</summary>
/// <param name="Record">The job.</param>
/// <param name="Snapshot">What was asked for.</param>
/// <param name="Entries">What is recorded of it.</param>
internal sealed record JobReport(JobRecord Record, JobSnapshot Snapshot, JobLedgerEntries Entries)
{
    /// <summary>Pictures whose bytes are stored.</summary>
    public int ImagesStored => Entries.Images.Count(image => image.Sha256 is not null);

    /// <summary>Products that exist in a shop.</summary>
    public int ProductsMade => Entries.Products.Count(product => product.ExternalId is not null && product.State != ProductState.Failed);
}
