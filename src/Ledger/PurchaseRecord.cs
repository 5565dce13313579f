namespace PodEngine.Ledger;

/// <summary>What is known of a purchase.</summary>
public enum PurchaseState
{
    /// <summary>Announced; whether it was made is not known (yet).</summary>
    Begun,

    /// <summary>Made, with its result recorded.</summary>
    Settled,
}

/// <summary>A recorded purchase.</summary>
public sealed record PurchaseRecord
{
    /// <summary>Which purchase.</summary>
    public required PurchaseKey Key { get; init; }

    /// <summary>What is known of it.</summary>
    public required PurchaseState State { get; init; }

    /// <summary>What was asked for, as JSON text.</summary>
    public required string Request { get; init; }

    /// <summary>The provider's id of the work in flight, once known.</summary>
    public string? RemoteId { get; init; }

    /// <summary>What it got, as JSON text; null until settled.</summary>
    public string? Result { get; init; }

    /// <summary>How often it was begun again because its outcome was unknown.</summary>
    public int Repeats { get; init; }

    /// <summary>How long to wait from now, by the store's clock, before looking it up or repeating it; zero when it may be done now.</summary>
    public TimeSpan SettlesIn { get; init; }

    /// <summary>What it cost.</summary>
    public PurchaseCost Cost { get; init; }
}

/// <summary>The answer to <see cref="IJobLedger.BeginPurchaseAsync"/>.</summary>
/// <param name="IsNew">True when this call announced it: go and buy.</param>
/// <param name="Record">What is known now.</param>
public sealed record PurchaseBeginning(bool IsNew, PurchaseRecord Record);
