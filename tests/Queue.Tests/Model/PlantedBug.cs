namespace PodEngine.Queue.Tests.Model;

/// <summary>What is left out of the modelled store, to prove that the search finds it missing.</summary>
public enum PlantedBug
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>An outcome is accepted for whoever holds the job.</summary>
    FinishWithoutToken,

    /// <summary>A write of an attempt is accepted while anybody holds the job.</summary>
    WriteWithoutToken,

    /// <summary>The rescuer takes the jobs it has read of, whatever has become of them meanwhile.</summary>
    RescueWithoutToken,

    /// <summary>Nobody rescues.</summary>
    NoRescue,
}
