using PodEngine.Providers.ComfyUi;
using PodEngine.Providers.Http;
using PodEngine.Queue;
using PodEngine.Shared.Faults;
using PodEngine.Storage;

namespace PodEngine.Pipeline.Attempts;

/// <summary>Why one part of a job (a picture, a product, a publication) is missing after an attempt.</summary>
internal sealed record PartFault
{
    private static readonly TimeSpan DefaultPutOff = TimeSpan.FromSeconds(30);

    /// <summary>The part in words, for example <c>picture 3</c>.</summary>
    public required string Part { get; init; }

    public required JobFault Fault { get; init; }

    /// <summary>Earliest next try the provider asked for.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>True when the part is only put off (provider outage, budget, an unsettled purchase): no attempt is counted for it.</summary>
    public bool PutOff { get; init; }

    /// <summary>Reads the expected kinds of failure; null for anything else, which is a stop or a defect and must not be swallowed.</summary>
    public static PartFault? From(string part, Exception failure) => failure switch
    {
        ProviderException { IsOutage: true } outage =>
            new() { Part = part, Fault = outage.Fault, RetryAfter = outage.RetryAfter ?? DefaultPutOff, PutOff = true },
        ProviderException provider => new() { Part = part, Fault = provider.Fault, RetryAfter = provider.RetryAfter },
        JobFaultException fault => new() { Part = part, Fault = fault.Fault, RetryAfter = fault.PutOffFor, PutOff = fault.PutOffFor is not null },
        StorageException storage => new() { Part = part, Fault = storage.Fault },
        WorkflowTemplateException template => new() { Part = part, Fault = template.Fault },
        _ => null,
    };

    /// <summary>The fault as the queue takes it.</summary>
    public static JobFailure ToFailure(JobFault fault) => new(fault.Class.ToString(), fault.Code, fault.Message, fault.Retryable);
}
