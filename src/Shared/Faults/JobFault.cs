using System.Text.Json.Serialization;

namespace PodEngine.Shared.Faults;

/// <summary>Why an attempt or a job failed, fit to be shown: redacted, at most 1,024 characters.</summary>
public sealed record JobFault
{
    /// <summary>Longest message kept.</summary>
    public const int MaxMessageLength = 1024;

    /// <summary>Who has to act.</summary>
    public required FaultClass Class { get; init; }

    /// <summary>Stable code in CamelCase or <c>ERR_nnnn</c>; see <see cref="FaultCodes"/>.</summary>
    public required string Code { get; init; }

    /// <summary>What happened and what to do about it.</summary>
    public required string Message
    {
        get;
        init => field = value.Length <= MaxMessageLength ? value : string.Concat(value.AsSpan(0, Cut(value)), "…");
    }

    /// <summary>True when a later attempt may succeed without anybody changing anything.</summary>
    public bool Retryable { get; init; }

    // Not between the halves of a surrogate pair: PostgreSQL takes no half characters.
    private static int Cut(string message) => char.IsHighSurrogate(message[MaxMessageLength - 2]) ? MaxMessageLength - 2 : MaxMessageLength - 1;
}

/// <summary>Whose fault a failure is, which is to say who can mend it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FaultClass>))]
public enum FaultClass
{
    /// <summary>The job asks for something impossible: change the manifest.</summary>
    Input,

    /// <summary>Keys, pool settings or a provider account: change the configuration.</summary>
    Configuration,

    /// <summary>An outside service failed or refused.</summary>
    Provider,

    /// <summary>Time ran out: deadline, approval, provider time limit.</summary>
    Timeout,

    /// <summary>The engine itself: lost workers, storage, a defect.</summary>
    Engine,
}
