namespace PodEngine.Simulators.Printify;

/// <summary>What can befall a Printify request, asked for by a fault.</summary>
public enum PrintifyVariant
{
    /// <summary>Nothing.</summary>
    Normal,

    /// <summary>A publish in a connected shop is accepted, then fails: the product is unlocked without <c>external</c>.</summary>
    PublishFails,

    /// <summary>A publish in a connected shop is accepted and never ends: the product stays locked.</summary>
    PublishStalls,
}
