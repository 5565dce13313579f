using System.Text;
using System.Text.Json;
using PodEngine.Ledger;
using PodEngine.Providers.Claude;
using PodEngine.Providers.Http;
using PodEngine.Shared.Faults;

namespace PodEngine.Pipeline.Prompts;

/// <summary>
/// Asks Claude for designs as JSON of a given schema. The schema is checked by the service only as far as it goes, so every design is checked again
/// here; what breaks a rule is left out and asked for again by the next round. A refusal is a result, not a fault: it was paid for.
/// </summary>
public sealed class ClaudePromptWriter(ClaudeClient claude) : IPromptWriter
{
    private const int TokensPerDesign = 700;
    private const int TokensForThought = 4000;
    private const int MostTokens = 32_000;

    /// <inheritdoc />
    public string Name => "claude";

    /// <inheritdoc />
    public TimeSpan Deadline => claude.CallTimeout;

    /// <inheritdoc />
    public int MostAtATime => (MostTokens - TokensForThought) / TokensPerDesign;

    /// <inheritdoc />
    public async Task<PromptBatch> WriteAsync(PromptRequest request, CancellationToken cancellationToken)
    {
        var question = new ClaudeQuestion
        {
            System = ClaudeWords.System,
            User = ClaudeWords.User(request),
            JsonSchema = ClaudeWords.Schema(),
            MaxTokens = TokensForThought + (request.Count * TokensPerDesign),
        };
        try
        {
            var answer = await claude.AskForJsonAsync(question, cancellationToken);
            return Read(answer, request);
        }
        catch (ProviderException paid) when (paid.Spend == Spend.Made && paid.Fault.Code == FaultCodes.PromptRefused)
        {
            return new PromptBatch { Designs = [], WrittenBy = Name, Refusal = paid.Fault.Message, Cost = new PurchaseCost(0, paid.SpentUsdMicros) };
        }
        catch (ProviderException paid) when (paid.Spend == Spend.Made)
        {
            return new PromptBatch { Designs = [], WrittenBy = Name, Problems = [paid.Fault.Message], Cost = new PurchaseCost(0, paid.SpentUsdMicros) };
        }
    }

    private static PromptBatch Read(ClaudeAnswer answer, PromptRequest request)
    {
        var taken = new HashSet<string>(request.Taken, StringComparer.OrdinalIgnoreCase);
        var designs = new List<Design>();
        var problems = new List<string>();
        foreach (var written in Designs(answer.Json))
        {
            if (DesignRules.Clean(written, out var faults) is not { } clean)
            {
                problems.Add($"\"{Shortened(written.Title)}\" has {string.Join(" and ", faults)}");
            }
            else if (!taken.Add(clean.Title))
            {
                problems.Add($"\"{clean.Title}\" was written twice");
            }
            else if (designs.Count < request.Count)
            {
                designs.Add(clean);
            }
        }

        return new PromptBatch
        {
            Designs = designs,
            WrittenBy = $"claude:{answer.Model}",
            Problems = problems,
            Cost = new PurchaseCost(0, answer.UsdMicros),
        };
    }

    private static IEnumerable<Design> Designs(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("designs", out var designs) || designs.ValueKind != JsonValueKind.Array)
        {
            yield break;
        }

        foreach (var design in designs.EnumerateArray().Where(design => design.ValueKind == JsonValueKind.Object))
        {
            yield return new Design
            {
                Title = Text(design, "title"),
                Prompt = Text(design, "prompt"),
                Description = Text(design, "description"),
                Tags = design.TryGetProperty("tags", out var tags) && tags.ValueKind == JsonValueKind.Array
                    ? [.. tags.EnumerateArray().Where(tag => tag.ValueKind == JsonValueKind.String).Select(tag => tag.GetString() ?? "")]
                    : [],
            };
        }
    }

    private static string Text(JsonElement design, string name) =>
        design.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : "";

    private static string Shortened(string title) => title.Length <= 40 ? title : new StringBuilder(title, 0, 40, 41).Append('…').ToString();
}
