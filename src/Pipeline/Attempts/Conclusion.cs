using PodEngine.Ledger;
using PodEngine.Queue;
using PodEngine.Shared.Faults;
using PodEngine.Shared.Jobs;

namespace PodEngine.Pipeline.Attempts;

/// <summary>
/// The outcome of an attempt that ran all its steps. A job is completed only if every picture, product and publication it asks for is there; what is
/// there is kept in any case, and told in the result.
/// </summary>
internal static class Conclusion
{
    private const int PartsNamed = 3;

    public static async Task<AttemptOutcome> DrawAsync(Attempt attempt)
    {
        var faults = attempt.Faults.ToArray();
        var result = Result(attempt, await attempt.Ledger.ReadAsync(attempt.Effect));
        if (faults.Length == 0)
        {
            return IsWhole(attempt)
                ? new AttemptOutcome.Completed(DesignResultJson.Write(result))
                : throw new InvalidOperationException("An attempt without faults left parts of the job undone.");
        }

        // Parts that only wait cost no attempt, unless something else really failed and may be tried again.
        var failed = faults.Where(fault => !fault.PutOff).ToArray();
        if (faults.Length > failed.Length && failed.All(fault => !fault.Fault.Retryable))
        {
            return PutOff(faults.Where(fault => fault.PutOff).ToArray());
        }

        var wait = faults.Max(fault => fault.RetryAfter);
        return new AttemptOutcome.Failed(PartFault.ToFailure(Combined(attempt, failed)), wait, DesignResultJson.Write(result));
    }

    /// <summary>The outcome when a single fault ended the attempt.</summary>
    public static AttemptOutcome Of(PartFault fault) => fault.PutOff
        ? PutOff([fault])
        : new AttemptOutcome.Failed(PartFault.ToFailure(fault.Fault), fault.RetryAfter);

    private static AttemptOutcome.Snoozed PutOff(PartFault[] waiting) =>
        new(waiting.Max(fault => fault.RetryAfter) ?? TimeSpan.FromSeconds(30), waiting[0].Fault.Code);

    // One kind of failure and nothing made: say it as it is. Otherwise the job is partly failed, with the first causes named.
    private static JobFault Combined(Attempt attempt, PartFault[] failed)
    {
        var retryable = failed.Any(fault => fault.Fault.Retryable);
        var sameCode = failed.All(fault => fault.Fault.Code == failed[0].Fault.Code);
        if (sameCode && attempt.Stored.IsEmpty)
        {
            return failed[0].Fault with { Retryable = retryable };
        }

        var named = string.Join(" · ", failed.Take(PartsNamed).Select(fault => $"{fault.Part}: {fault.Fault.Code}, {fault.Fault.Message}"));
        var more = failed.Length > PartsNamed ? $" · and {failed.Length - PartsNamed} more, see the log" : "";
        return new JobFault
        {
            Class = failed[0].Fault.Class,
            Code = FaultCodes.PartlyFailed,
            Message = $"{attempt.Stored.Count} of {attempt.Designs.Count} pictures and {attempt.Made.Count} products are there; {failed.Length} part{(failed.Length == 1 ? "" : "s")} failed: {named}{more}",
            Retryable = retryable,
        };
    }

    private static bool IsWhole(Attempt attempt) =>
        attempt.Stored.Count == attempt.Designs.Count
        && ProductKey.All(attempt.Work, Enumerable.Range(0, attempt.Designs.Count))
            .All(key => attempt.Made.TryGetValue(key, out var made) && (!attempt.Work.AutoPublish || made.State == ProductState.Published));

    private static DesignResult Result(Attempt attempt, JobLedgerEntries entries) => new()
    {
        WrittenBy = attempt.WrittenBy,
        Images = [.. entries.Images.Select(image => new DesignResultImage(image.Index, image.Title, image.Seed, image.Sha256, image.Bytes, image.FaultCode))],
        Products =
        [
            .. entries.Products.Select(product => new DesignResultProduct(
                product.ImageIndex,
                product.ProductType,
                product.Platform,
                product.ExternalId,
                product.Title,
                product.PriceCents,
                product.State.ToString(),
                product.Url,
                product.FaultCode)),
        ],
        Cost = new DesignResultCost(entries.Cost.GpuMillis, entries.Cost.UsdMicros, entries.Repeated),
    };
}
