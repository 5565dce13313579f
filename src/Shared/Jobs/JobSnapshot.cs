using System.Text.Json.Serialization;

namespace PodEngine.Shared.Jobs;

/// <summary>
/// Everything a worker needs to run one job, resolved when the job was admitted. It is the queue's opaque argument text, written once:
/// later edits of the pool, catalogue, model or endpoint never change a job that is already queued.
/// </summary>
public sealed record JobSnapshot
{
    /// <summary>Name of the PodJob (or of the manifest, standalone).</summary>
    public required string Name { get; init; }

    /// <summary>Namespace of the PodJob; <c>default</c> standalone.</summary>
    public required string Namespace { get; init; }

    /// <summary>What to do: a design or an execution.</summary>
    public required JobWork Work { get; init; }

    /// <summary>Whether a purchase whose answer was lost may be made once more.</summary>
    public UnknownPurchasePolicy OnUnknownPurchase { get; init; } = UnknownPurchasePolicy.RepeatOnce;

    /// <summary>Name of the pool's webhook to call at the end; null for none.</summary>
    public string? Notify { get; init; }
}

/// <summary>The union of <c>spec.design</c> and <c>spec.execution</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(DesignWork), "design")]
[JsonDerivedType(typeof(ExecutionWork), "execution")]
public abstract record JobWork;

/// <summary>What to do when it is unknown whether a purchase was made (its answer was lost).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UnknownPurchasePolicy>))]
public enum UnknownPurchasePolicy
{
    /// <summary>Buy once more, counted in <c>cost.repeated</c>. The default.</summary>
    RepeatOnce,

    /// <summary>Fail the job with code <c>PurchaseUnknown</c>; a person decides.</summary>
    Fail,
}
