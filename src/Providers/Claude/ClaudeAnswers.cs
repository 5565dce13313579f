using System.Text.Json;
using Anthropic.Models.Messages;
using PodEngine.Providers.Http;
using PodEngine.Shared.Faults;

namespace PodEngine.Providers.Claude;

/// <summary>Reads a message: first why it stopped, then its text blocks, wherever they stand.</summary>
internal static class ClaudeAnswers
{
    public static ClaudeAnswer Read(ProviderCall call, Message message, string askedModel, string? requestId, string? key)
    {
        var usage = message.Usage;
        string model = message.Model?.Raw() is { Length: > 0 } named ? named : askedModel;
        long input = usage.InputTokens + (usage.CacheCreationInputTokens ?? 0) + (usage.CacheReadInputTokens ?? 0);
        long? price = ClaudePrices.UsdMicros(model, input, usage.OutputTokens);

        ProviderException Unusable(FaultClass faultClass, string code, string text, bool retryable) => new(
            ClaudeClient.Provider, call.Operation, HttpFaults.Fault(faultClass, code, Redactor.Redact(text, key), retryable))
        {
            Spend = Spend.Made,
            SpentUsdMicros = price ?? 0,
            ProviderCode = message.StopReason?.Raw(),
            CorrelationId = requestId,
        };

        switch (message.StopReason?.Raw())
        {
            case "end_turn" or "stop_sequence":
                break;
            case "refusal":
                string? why = message.StopDetails?.Explanation;
                throw Unusable(
                    FaultClass.Input, FaultCodes.PromptRefused, $"Claude refused to answer{(why is null ? "" : $" ({why})")}. Change theme, style or niche.", false);
            case "max_tokens":
                throw Unusable(
                    FaultClass.Provider, FaultCodes.ProviderAnswerInvalid, $"The answer was cut after {usage.OutputTokens} tokens. Ask for fewer at a time.", true);
            case "model_context_window_exceeded":
                throw Unusable(FaultClass.Input, FaultCodes.ProviderAnswerInvalid, "The question is too long for the model. Shorten it.", false);
            case var other:
                throw Unusable(FaultClass.Provider, FaultCodes.ProviderAnswerInvalid, $"The answer stopped for an unexpected reason ({other ?? "none"}).", true);
        }

        try
        {
            return new()
            {
                Json = JsonDocument.Parse(TextOf(message)).RootElement.Clone(),
                Model = model,
                InputTokens = input,
                OutputTokens = usage.OutputTokens,
                UsdMicros = price ?? 0,
                PriceKnown = price is not null,
                RequestId = requestId,
            };
        }
        catch (JsonException)
        {
            throw Unusable(FaultClass.Provider, FaultCodes.ProviderAnswerInvalid, "The answer is not the JSON that was asked for.", true);
        }
    }

    private static string TextOf(Message message) =>
        string.Concat(message.Content.Select(block => block.TryPickText(out var text) ? text.Text : ""));
}
