using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace PodEngine.Providers.Http;

/// <summary>What every provider client needs from its host.</summary>
public sealed record ProviderServices
{
    /// <summary>The clock of deadlines, retries, caches and budgets.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Loggers; default none.</summary>
    public ILoggerFactory Logs { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Rate limits; null counts the documented ones in each client.</summary>
    public IRequestBudget? Budget { get; init; }
}
