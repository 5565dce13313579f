namespace PodEngine.Resources.WorkerPools;

/// <summary>A key of a Secret that holds a <c>postgresql://</c> URI.</summary>
public sealed record DatabaseReference
{
    /// <summary>Name of the Secret.</summary>
    public required string SecretName { get; init; }

    /// <summary>Key in it; default <c>uri</c>, as CloudNativePG has it.</summary>
    public string Key { get => field ?? "uri"; init; }
}
