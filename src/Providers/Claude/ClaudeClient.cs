using System.Text.Json;
using Anthropic;
using Anthropic.Core;
using Anthropic.Exceptions;
using Anthropic.Models.Messages;
using PodEngine.Providers.Http;

namespace PodEngine.Providers.Claude;

/// <summary>
/// Asks Claude through Anthropic's SDK. The SDK builds requests and reads answers; deadlines, retries, bounds and faults are those of every
/// other provider, so its own retries are off. Sampling parameters are never sent: API version 2026-10-21 refuses them.
/// </summary>
/// <remarks>
/// The service knows no idempotency key: a question whose answer was lost (<see cref="Spend.Unknown"/>) and is asked again is billed again.
/// </remarks>
public sealed class ClaudeClient : IDisposable
{
    internal const string Provider = "claude";

    private static readonly ProviderCall Ask = ProviderCall.Effect("messages");

    private readonly ClaudeSettings _settings;
    private readonly ProviderPipeline _pipeline;
    private readonly AnthropicClient _anthropic;

    /// <summary>A client; it opens no connection before the first question.</summary>
    public ClaudeClient(ClaudeSettings settings, ProviderServices services)
    {
        _settings = settings;
        _pipeline = new(Provider, settings.Limits, services);
        var handler = new WholeAnswerHandler(settings.Limits, (reply, key) => ClaudeFaults.OfStatus(Ask, reply, key, services.Time), settings.Key)
        {
            InnerHandler = ProviderHttpClient.CreateHandler(settings.Limits),
        };
        _anthropic = new(new ClientOptions
        {
            BaseUrl = ProviderHttpClient.WithSlash(settings.BaseUrl).AbsoluteUri.TrimEnd('/'),
            HttpClient = new(handler) { Timeout = Timeout.InfiniteTimeSpan },
            MaxRetries = 0,
            Timeout = settings.Limits.CallTimeout * 2,
            // Set, so that the SDK does not look for credentials in the environment.
            ApiKey = "unset",
            AuthToken = null,
        });
    }

    /// <summary>Longest time a question takes, its tries included.</summary>
    public TimeSpan CallTimeout => _settings.Limits.CallTimeout;

    /// <summary>Asks and waits for the whole answer.</summary>
    /// <exception cref="ProviderException">
    /// No usable answer. A refusal (<c>PromptRefused</c>) is permanent and paid for; an answer cut at <see cref="ClaudeQuestion.MaxTokens"/>
    /// has <see cref="ProviderException.ProviderCode"/> <c>max_tokens</c>: ask for less or allow more.
    /// </exception>
    public async Task<ClaudeAnswer> AskForJsonAsync(ClaudeQuestion question, CancellationToken cancellationToken)
    {
        string key = _settings.Key.Read() ?? throw ClaudeFaults.NoKey(Ask);
        string model = question.Model ?? _settings.Model;
        var messages = _anthropic.WithRawResponse.Messages.WithOptions(options => options with { ApiKey = key });
        return await _pipeline.RunAsync(Ask, token => AskOnceAsync(messages, Parameters(question, model), model, key, token), key, cancellationToken);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _anthropic.Dispose();
        _pipeline.Dispose();
    }

    private static MessageCreateParams Parameters(ClaudeQuestion question, string model)
    {
        var parameters = new MessageCreateParams
        {
            Model = model,
            MaxTokens = question.MaxTokens,
            Messages = [new UserMessageParam(question.User)],
            OutputConfig = new() { Format = new() { Schema = Members(question) } },
        };
        return question.System is { } system ? parameters with { System = system } : parameters;
    }

    private static Dictionary<string, JsonElement> Members(ClaudeQuestion question) =>
        question.JsonSchema.ToDictionary(member => member.Key, member => JsonSerializer.SerializeToElement(member.Value));

    private static async Task<ClaudeAnswer> AskOnceAsync(
        Anthropic.Services.IMessageServiceWithRawResponse messages, MessageCreateParams parameters, string model, string key, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await messages.Create(parameters, cancellationToken);
            string? requestId = response.RequestID;
            return ClaudeAnswers.Read(Ask, await response.Deserialize(cancellationToken), model, requestId, key);
        }
        catch (Exception wrapped) when (Cause<ProviderException>(wrapped) is { } fault && wrapped != fault)
        {
            throw fault;
        }
        catch (Exception useless) when (useless is AnthropicInvalidDataException or JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw HttpFaults.OfAnswer(Provider, Ask, Redactor.Redact($"The answer cannot be used ({useless.Message}).", key), cause: useless);
        }
        catch (AnthropicIOException transport)
        {
            throw HttpFaults.OfTransport(Provider, Ask, transport.InnerException, key);
        }
    }

    private static T? Cause<T>(Exception? exception)
        where T : Exception
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is T cause)
            {
                return cause;
            }
        }

        return null;
    }
}
