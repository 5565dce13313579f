namespace PodEngine.Queue.Limits;

/// <summary>The answer to the wish for a slot.</summary>
public abstract record SlotDecision
{
    private SlotDecision()
    {
    }

    /// <summary>Go ahead, and close the slot at the end.</summary>
    /// <param name="Slot">Handed back to <see cref="ISharedLimits.CloseSlotAsync"/>.</param>
    public sealed record Opened(LimitSlot Slot) : SlotDecision;

    /// <summary>All slots are taken. When one is given back nobody knows; ask again after <paramref name="Wait"/>.</summary>
    /// <param name="Wait">From now on.</param>
    public sealed record NotBefore(TimeSpan Wait) : SlotDecision
    {
        /// <summary>In whole milliseconds, as timers count, so that nobody comes back a little early.</summary>
        public TimeSpan Wait { get; } = TimeSpan.FromMilliseconds(Math.Ceiling(Wait.TotalMilliseconds));
    }
}
