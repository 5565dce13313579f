using PodEngine.Ledger;
using PodEngine.Pipeline.Attempts;
using PodEngine.Pipeline.Purchases;
using PodEngine.Shared.Faults;

namespace PodEngine.Pipeline.Prompts;

/// <summary>
/// Gives the job its designs. A finished prompt needs no writer. Otherwise designs are bought in rounds, each of no more than the writer can answer
/// whole, until there are as many as asked for; each round is recorded, so an attempt that resumes asks only for those still missing, and a design
/// keeps its index for good. Too many rounds that came up short end the attempt.
/// </summary>
internal sealed class PromptStep(IPromptWriters writers) : IPipelineStep
{
    public const string StepName = "prompts";

    public string Name => StepName;

    public bool IsNeeded(Attempt attempt) => true;

    public async Task RunAsync(Attempt attempt)
    {
        var brief = attempt.Work.Brief;
        if (!string.IsNullOrWhiteSpace(brief.Prompt))
        {
            attempt.Designs = GivenDesigns.From(brief.Prompt, brief.Count, attempt.Work.Products);
            await attempt.Log.InfoAsync($"The prompt was given: {brief.Count} picture{(brief.Count == 1 ? "" : "s")} of it, each with its own seed.");
            return;
        }

        var designs = new List<Design>();
        var round = await RecordedAsync(attempt, designs);
        for (var fallenShort = 0; designs.Count < brief.Count; round++)
        {
            if (fallenShort == attempt.Options.PromptRounds)
            {
                throw new JobFaultException(TooFew(designs.Count, brief.Count));
            }

            var writer = writers.Current;
            var wanted = Math.Min(brief.Count - designs.Count, writer.MostAtATime);
            var written = await WriteAsync(attempt, writer, wanted, designs, round);
            designs.AddRange(written);
            fallenShort += written.Count < wanted ? 1 : 0;
        }

        attempt.Designs = designs;
    }

    // Rounds of earlier attempts; the last one may be begun and unanswered, it is bought under its number again.
    private static async Task<int> RecordedAsync(Attempt attempt, List<Design> designs)
    {
        var round = 0;
        while (attempt.Known.Purchases.TryGetValue(Key(round), out var known) && known.State == PurchaseState.Settled)
        {
            var bought = PurchaseJson.Read(known.Result, PurchaseJson.Default.PromptsBought);
            designs.AddRange(bought.Designs);
            attempt.WrittenBy = bought.Designs.Count > 0 ? bought.WrittenBy : attempt.WrittenBy;
            round++;
        }

        if (designs.Count > 0)
        {
            await attempt.Log.InfoAsync($"{designs.Count} designs are recorded, by {attempt.WrittenBy}.");
        }

        return round;
    }

    private static async Task<IReadOnlyList<Design>> WriteAsync(Attempt attempt, IPromptWriter writer, int wanted, List<Design> designs, int round)
    {
        var request = new PromptRequest
        {
            Brief = attempt.Work.Brief,
            Products = attempt.Work.Products,
            Count = wanted,
            Taken = [.. designs.Select(design => design.Title)],
            Seed = JobSeed.Of(attempt.JobId),
        };
        IReadOnlyList<string> problems = [];
        var bought = await attempt.Purchaser.BuyAsync(new Purchase<PromptsBought>
        {
            Key = Key(round),
            Request = PurchaseJson.Write(new PromptsWanted(writer.Name, wanted), PurchaseJson.Default.PromptsWanted),
            CallDeadline = writer.Deadline,
            Json = PurchaseJson.Default.PromptsBought,
            Buy = async call =>
            {
                var batch = await writer.WriteAsync(request, call.Effect);
                problems = batch.Problems;
                return new Bought<PromptsBought>(new PromptsBought(batch.WrittenBy, batch.Designs, batch.Refusal), batch.Cost);
            },
        });
        if (bought.Refusal is { } refusal)
        {
            throw new JobFaultException(new JobFault { Class = FaultClass.Input, Code = FaultCodes.PromptRefused, Message = refusal });
        }

        attempt.WrittenBy = bought.WrittenBy;
        await attempt.Log.InfoAsync($"{bought.WrittenBy} wrote {bought.Designs.Count} of {wanted} designs{(problems.Count == 0 ? "." : $"; left out: {string.Join("; ", problems)}.")}");
        return bought.Designs;
    }

    private static PurchaseKey Key(int round) => new(StepName, $"{round}");

    private static JobFault TooFew(int got, int wanted) => new()
    {
        Class = FaultClass.Provider,
        Code = FaultCodes.ProviderAnswerInvalid,
        Message = $"Only {got} of {wanted} designs were written in an acceptable form. The next attempt asks for the rest; if this repeats, ask for fewer designs or word the theme differently.",
        Retryable = true,
    };
}
