using System.Diagnostics;
using Microsoft.Extensions.Logging;
using PodEngine.Shared.Faults;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace PodEngine.Providers.Http;

/// <summary>
/// What every call to one provider goes through, from the outside in: the call's deadline, retry, circuit breaker, bulkhead, budget, the
/// try's deadline. Whatever goes wrong comes out as a <see cref="ProviderException"/>; a cancellation by the caller comes out as itself.
/// </summary>
/// <remarks>
/// A try is repeated when the fault may pass and sending again is harmless: the call is safe to repeat, or the failed try certainly did
/// nothing. A wait longer than <see cref="ProviderLimits.LongestWait"/> is left to the caller, who has other work.
/// Bulkhead and budget are inside the breaker's view but outside its judgement: running into them says nothing about the provider. The budget comes last,
/// because a permit is counted when it is granted and shall be used then; who waits for one gives its turn to others.
/// </remarks>
internal sealed class ProviderPipeline : IDisposable
{
    private static readonly ResiliencePropertyKey<ProviderCall> CallKey = new("podengine.call");

    private readonly ProviderLimits _limits;
    private readonly TimeProvider _time;
    private readonly IRequestBudget _budget;
    private readonly Uri? _address;
    private readonly ConcurrencyGate _gate;
    private readonly ResiliencePipeline _outer;
    private readonly ResiliencePipeline _inner;

    /// <param name="provider">Name in lower case.</param>
    /// <param name="limits">Bounds.</param>
    /// <param name="services">Clock, logs, budgets.</param>
    /// <param name="address">Address of the service, which tells accounts apart; null for a provider without budgets.</param>
    public ProviderPipeline(string provider, ProviderLimits limits, ProviderServices services, Uri? address = null)
    {
        Provider = provider;
        _address = address;
        _limits = limits;
        _time = services.Time;
        _budget = services.Budget ?? new SlidingWindowBudget(BudgetKeys.Documented, _time);
        _gate = new(limits.Concurrency);
        var logger = services.Logs.CreateLogger($"PodEngine.Providers.{provider}");

        var outer = new ResiliencePipelineBuilder { TimeProvider = _time };
        outer.AddTimeout(limits.CallTimeout);
        if (limits.Retries > 0)
        {
            outer.AddRetry(Retry(logger));
        }

        outer.AddCircuitBreaker(Breaker(logger));
        _outer = outer.Build();
        _inner = new ResiliencePipelineBuilder { TimeProvider = _time }.AddTimeout(limits.TryTimeout).Build();
    }

    public string Provider { get; }

    /// <summary>Runs a call. <paramref name="attempt"/> is one try; it throws <see cref="ProviderException"/> for what it understands.</summary>
    public async Task<T> RunAsync<T>(ProviderCall call, Func<CancellationToken, Task<T>> attempt, string? key, CancellationToken cancellationToken)
    {
        using var activity = ProviderTelemetry.Source.StartActivity($"{Provider} {call.Operation}", ActivityKind.Client);
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(CallKey, call);
        bool sent = false;
        try
        {
            return await _outer.ExecuteAsync(
                async c =>
                {
                    using var turn = await TurnAsync(call, key, c.CancellationToken);
                    sent = true;
                    return await TryAsync(call, attempt, key, cancellationToken, c.CancellationToken);
                },
                context);
        }
        catch (ProviderException failure)
        {
            activity?.SetStatus(ActivityStatusCode.Error, failure.Fault.Code);
            throw;
        }
        catch (BrokenCircuitException open)
        {
            activity?.SetStatus(ActivityStatusCode.Error, FaultCodes.ProviderUnavailable);
            ProviderTelemetry.Count(Provider, call.Operation, "not_sent", TimeSpan.Zero);
            throw NotSent(call, FaultCodes.ProviderUnavailable, "The service keeps failing; nothing is sent to it for a while.", open.RetryAfter ?? _limits.BreakerPause);
        }
        catch (TimeoutRejectedException)
        {
            activity?.SetStatus(ActivityStatusCode.Error, FaultCodes.ProviderUnavailable);
            throw sent ? HttpFaults.OfTimeout(Provider, call, _limits.CallTimeout) : NoTurn(call);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<T> TryAsync<T>(
        ProviderCall call, Func<CancellationToken, Task<T>> attempt, string? key, CancellationToken callers, CancellationToken cancellationToken)
    {
        long start = _time.GetTimestamp();
        string outcome = "ok";
        try
        {
            return await _inner.ExecuteAsync(async token => await attempt(token), cancellationToken);
        }
        catch (ProviderException failure)
        {
            outcome = failure.Fault.Code;
            throw;
        }
        catch (TimeoutRejectedException)
        {
            outcome = FaultCodes.ProviderUnavailable;
            throw HttpFaults.OfTimeout(Provider, call, _limits.TryTimeout);
        }
        catch (AnswerTooLargeException tooLarge)
        {
            outcome = FaultCodes.ProviderAnswerInvalid;
            throw HttpFaults.OfAnswer(Provider, call, $"The answer is larger than the {tooLarge.MaxBytes} bytes accepted.", cause: tooLarge);
        }
        catch (Exception transport) when (IsTransport(transport))
        {
            outcome = FaultCodes.ProviderUnavailable;
            throw HttpFaults.OfTransport(Provider, call, transport, key);
        }
        catch (OperationCanceledException)
        {
            outcome = callers.IsCancellationRequested ? "cancelled" : FaultCodes.ProviderUnavailable;
            throw;
        }
        finally
        {
            ProviderTelemetry.Count(Provider, call.Operation, outcome, _time.GetElapsedTime(start));
        }
    }

    private static bool IsTransport(Exception cause) =>
        cause is HttpRequestException or IOException or OperationCanceledException { InnerException: TimeoutException };

    /// <summary>A turn with the permits to use it.</summary>
    private async ValueTask<ConcurrencyGate.Turn> TurnAsync(ProviderCall call, string? key, CancellationToken cancellationToken)
    {
        while (true)
        {
            var turn = await _gate.EnterAsync(cancellationToken);
            TimeSpan wait;
            try
            {
                wait = await SpendBudgetAsync(call, key, cancellationToken);
            }
            catch
            {
                turn.Dispose();
                throw;
            }

            if (wait <= TimeSpan.Zero)
            {
                return turn;
            }

            turn.Dispose();
            await Task.Delay(wait, _time, cancellationToken);
        }
    }

    /// <summary>Zero when the permits are taken, else a wait short enough to be waited out here.</summary>
    private async ValueTask<TimeSpan> SpendBudgetAsync(ProviderCall call, string? key, CancellationToken cancellationToken)
    {
        if (call.Budgets.Count == 0)
        {
            return TimeSpan.Zero;
        }

        string account = _address is null ? "" : ProviderAccount.Fingerprint(_address, key);
        var decision = await _budget.AcquireAsync(new(call.Budgets, account), cancellationToken);
        if (decision.Wait > _limits.LongestWait)
        {
            ProviderTelemetry.Count(Provider, call.Operation, "not_sent", TimeSpan.Zero);
            throw NotSent(call, FaultCodes.ProviderRateLimited, decision.Reason ?? "A budget is used up for now.", decision.Wait);
        }

        return decision.Wait;
    }

    private ProviderException NoTurn(ProviderCall call)
    {
        ProviderTelemetry.Count(Provider, call.Operation, "not_sent", TimeSpan.Zero);
        return NotSent(
            call,
            FaultCodes.ProviderUnavailable,
            $"Nothing was sent within {_limits.CallTimeout.TotalSeconds:0.#} s: the call waited for its turn among others, or for its budget.",
            _limits.LongestWait);
    }

    private ProviderException NotSent(ProviderCall call, string code, string message, TimeSpan retryAfter) =>
        new(Provider, call.Operation, HttpFaults.Fault(FaultClass.Provider, code, message, retryable: true))
        {
            RetryAfter = retryAfter,
            Spend = Spend.None,
            IsOutage = true,
        };

    private RetryStrategyOptions Retry(ILogger logger) => new()
    {
        MaxRetryAttempts = _limits.Retries,
        Delay = _limits.RetryDelay,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        ShouldHandle = args => new(
            args.Outcome.Exception is ProviderException { IsOutage: false, Fault.Retryable: true } failure
            && (failure.Spend == Spend.None)
            && !(failure.RetryAfter > _limits.LongestWait)),
        DelayGenerator = args => new((args.Outcome.Exception as ProviderException)?.RetryAfter),
        OnRetry = args =>
        {
            var failure = (ProviderException)args.Outcome.Exception!;
            logger.Retrying(failure.Provider, failure.Operation, failure.Fault.Code, failure.Fault.Message, args.RetryDelay);
            return default;
        },
    };

    private CircuitBreakerStrategyOptions Breaker(ILogger logger) => new()
    {
        FailureRatio = 0.5,
        MinimumThroughput = Math.Max(2, _limits.BreakerFailures),
        SamplingDuration = _limits.BreakerWindow,
        BreakDuration = _limits.BreakerPause,
        ShouldHandle = args => new(args.Outcome.Exception is ProviderException failure && HttpFaults.IsUnhealthy(failure)),
        OnOpened = args =>
        {
            logger.CircuitOpened(Provider, args.BreakDuration);
            return default;
        },
        OnClosed = _ =>
        {
            logger.CircuitClosed(Provider);
            return default;
        },
    };
}
