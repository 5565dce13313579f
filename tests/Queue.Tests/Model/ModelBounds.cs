namespace PodEngine.Queue.Tests.Model;

/// <summary>How much of the world a search walks through.</summary>
/// <param name="Jobs">How many jobs.</param>
/// <param name="Workers">How many worker processes; one that dies comes back as another.</param>
public sealed record ModelBounds(int Jobs, int Workers)
{
    /// <summary>Retries of a job; default 1.</summary>
    public int Retries { get; init; } = 1;

    /// <summary>How often a job is rescued before it fails instead; default 1. Null: as often as need be, and not counted.</summary>
    public int? Rescues { get; init; } = 1;

    /// <summary>Whether what a dead process has sent may arrive after its death; default true.</summary>
    public bool Strays { get; init; } = true;

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Jobs} jobs, {Workers} workers, {Retries} retries, {(Rescues is { } most ? $"{most} rescues" : "any number of rescues")}{(Strays ? ", late requests of the dead" : "")}";
}
