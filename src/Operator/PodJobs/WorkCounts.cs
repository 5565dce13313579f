using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PodEngine.Ledger;
using PodEngine.Queue;
using PodEngine.Resources.PodJobs;
using PodEngine.Shared.Jobs;

namespace PodEngine.Operator.PodJobs;

/// <summary>What of a job's work is done: counted from the ledger, measured against what its snapshot asks for.</summary>
/// <param name="Progress">Value of <c>status.progress</c>.</param>
/// <param name="Images">Value of <c>status.images</c>; null while there are none.</param>
/// <param name="Products">Value of <c>status.products</c>; null while there are none.</param>
internal sealed record WorkCounts(PodJobProgress? Progress, ImageSummary? Images, ProductSummary? Products)
{
    private const int LongestId = 64;
    private const int LongestTitle = 200;

    /// <summary>Counts a job's work.</summary>
    public static WorkCounts Of(JobRecord job, JobLedgerEntries? entries)
    {
        var images = entries?.Images ?? [];
        var products = entries?.Products ?? [];
        var design = Design(job.Arguments);
        return new WorkCounts(
            ProgressOf(job, design, images, products),
            images.Count == 0 ? null : new ImageSummary
            {
                Count = images.Count(static image => image.Sha256 is not null),
                References = [.. images.Take(ImageSummary.MaxReferences).Select(Reference)],
            },
            products.Count == 0 ? null : new ProductSummary
            {
                Count = products.Count(static product => product.ExternalId is not null),
                References = [.. products.Take(ProductSummary.MaxReferences).Select(Reference)],
            });
    }

    private static PodJobProgress? ProgressOf(
        JobRecord job, DesignWork? design, IReadOnlyList<ImageRecord> images, IReadOnlyList<ProductRecord> products)
    {
        var isCompleted = job.State == JobState.Completed;
        var step = job.IsFinished ? null : job.Progress?.Step;
        var progress = new PodJobProgress
        {
            Percent = isCompleted ? 100 : Math.Clamp(job.Progress?.Percent ?? 0, 0, 100),
            Step = step is { Length: > 63 } ? step[..63] : step,
        };
        return design is null ? progress : progress with
        {
            ImagesDone = images.Count(static image => image.Sha256 is not null),
            ImagesTotal = design.Brief.Count,
            ProductsDone = products.Count(static product => product.ExternalId is not null),
            ProductsTotal = design.Brief.Count * design.Products.Count * design.Platforms.Count,
        };
    }

    private static ImageReference Reference(ImageRecord image) => new()
    {
        Id = image.Index.ToString(CultureInfo.InvariantCulture),
        Title = Title(image.Title),
        State = image.FaultCode is not null ? "Failed" : image.Sha256 is null ? "Drawing" : "Stored",
    };

    private static ProductReference Reference(ProductRecord product) => new()
    {
        Id = Id(product),
        ExternalId = product.ExternalId,
        Title = Title(product.Title),
        State = product.State.ToString(),
    };

    /// <summary>Picture, type and platform in 64 characters; what is longer ends in a hash of the whole, to stay unique.</summary>
    private static string Id(ProductRecord product)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{product.ImageIndex}-{product.ProductType}-{product.Platform}");
        return id.Length <= LongestId
            ? id
            : string.Concat(id.AsSpan(0, LongestId - 9), "-", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 4)));
    }

    private static string Title(string title) => title.Length <= LongestTitle ? title : string.Concat(title.AsSpan(0, LongestTitle - 1), "…");

    private static DesignWork? Design(string arguments)
    {
        try
        {
            return JobSnapshotJson.Read(arguments).Work as DesignWork;
        }
        catch (JsonException)
        {
            // Arguments of a newer or foreign writer: the counts of the ledger still stand.
            return null;
        }
    }
}
