namespace PodEngine.Queue;

/// <summary>How far a job is, for people. Opaque detail travels as JSON so that the queue knows nothing of the product.</summary>
/// <param name="Percent">0–100.</param>
/// <param name="Step">Name of the current step.</param>
/// <param name="Detail">Further counts as JSON text; null for none.</param>
public sealed record JobProgress(int Percent, string Step, string? Detail = null);
