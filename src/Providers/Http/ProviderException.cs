using PodEngine.Shared.Faults;

namespace PodEngine.Providers.Http;

/// <summary>
/// A call to an outside service that did not work, said in the words of the engine: what happened (<see cref="Fault"/>), whether and when
/// to try again, and whether something was bought. Messages hold no key material.
/// </summary>
public sealed class ProviderException : Exception
{
    /// <summary>A failed call.</summary>
    /// <param name="provider">Provider in lower case, for example <c>printify</c>.</param>
    /// <param name="operation">Operation in kebab case, for example <c>create-product</c>.</param>
    /// <param name="fault">What happened, already redacted.</param>
    /// <param name="innerException">The cause, when there is one.</param>
    public ProviderException(string provider, string operation, JobFault fault, Exception? innerException = null)
        : base($"{provider} {operation}: {fault.Message}", innerException)
    {
        Provider = provider;
        Operation = operation;
        Fault = fault;
    }

    /// <summary>Provider in lower case.</summary>
    public string Provider { get; }

    /// <summary>Operation in kebab case.</summary>
    public string Operation { get; }

    /// <summary>What happened, fit to be shown; <see cref="JobFault.Retryable"/> tells whether a later try may work.</summary>
    public JobFault Fault { get; }

    /// <summary>How long the provider (or our own breaker or budget) asks to wait; null when nobody said.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether something was bought or changed.</summary>
    public Spend Spend { get; init; }

    /// <summary>
    /// True when the call was not sent because the provider is known to be away (open circuit) or its budget is used up:
    /// snooze for <see cref="RetryAfter"/> without counting an attempt.
    /// </summary>
    public bool IsOutage { get; init; }

    /// <summary>HTTP status; null when there was no answer.</summary>
    public int? StatusCode { get; init; }

    /// <summary>The provider's own error code, for example <c>8252</c> or <c>overloaded_error</c>.</summary>
    public string? ProviderCode { get; init; }

    /// <summary>The provider's id of the call, to quote to its support.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Money certainly spent by the failed call in millionths of a US dollar; only with <see cref="Spend.Made"/>.</summary>
    public long SpentUsdMicros { get; init; }
}
